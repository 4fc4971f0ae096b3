using Microsoft.Playwright;
using Operations.Tests.Browsing;
using Testing;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Operations.Tests.Browsing;

/// <summary>Debian's chromium, started when the first test needs it. Where there is none, its tests are skipped and say what to install.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Missing =
        "These tests need a browser: apt-get install chromium, or CHROMIUM=/path/to/a/chromium in the environment.";

    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _browser = new(StartAsync);

    /// <summary>A window of its own: no cookie is shared between tests.</summary>
    internal async Task<IBrowserContext> NewWindowAsync(
        int width = 1280,
        int height = 900,
        ColorScheme scheme = ColorScheme.Light
    )
    {
        Assert.SkipWhen(Find() is null, Missing);
        var (_, browser) = await _browser.Value;
        return await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = scheme,
                // What is half way between two colours has no contrast to be measured.
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
    }

    /// <summary>Into docs/, where somebody asks for new pictures: <c>UPDATE_DOCS=1</c>.</summary>
    internal static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "operations", $"{name}.png") });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
        {
            var (playwright, browser) = await _browser.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : Places.FirstOrDefault(File.Exists);

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        // On a machine with two cores and much to do, five seconds are short for a page that nobody has opened before.
        Assertions.SetDefaultExpectTimeout(60_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Find(), Args = ["--no-sandbox", "--disable-dev-shm-usage"] }
        );
        return (playwright, browser);
    }
}
