using Microsoft.Playwright;
using Operations.Tests.Emulated;

namespace Operations.Tests.Browsing;

/// <summary>What axe says of every page, and how wide it is on a telephone.</summary>
public sealed class AccessibilityTests(EmulatedAws aws, Browser browser)
{
    private const int MarginOfRounding = 1;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_keeps_anybody_out(ColorScheme scheme)
    {
        var findings = (await aws.Site.TourAsync(browser))
            .Where(page => page.Scheme == scheme)
            .SelectMany(page => page.Findings.Select(finding => $"/{page.Path}: {finding}"))
            .ToList();

        Assert.True(findings.Count == 0, string.Join(System.Environment.NewLine, findings));
    }

    [Fact]
    public async Task A_telephone_shows_every_page_without_scrolling_sideways() =>
        Assert.DoesNotContain(await aws.Site.TourAsync(browser), page => page.Width > 375 + MarginOfRounding);
}
