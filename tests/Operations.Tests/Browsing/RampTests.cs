using System.Globalization;
using Events.DeadLetters;
using Microsoft.Playwright;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Browsing;

/// <summary>A redrive as a person orders it, with the Processor that records what can be recorded.</summary>
public sealed class RampTests(EmulatedAws aws, Browser browser)
{
    [Fact]
    public async Task A_group_that_still_fails_is_stopped_by_the_ramp()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await BuryMixedAsync(pipeline, cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(pipeline, cancellationToken);
        await using var processor = ProcessorProcess.Start(pipeline);
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());

        await page.GotoAsync(new Uri(operations.Link, "/dead-letters").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "effect-timeout" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("200");
        await page.GetByLabel("Messages a second").FillAsync("100");
        await page.GetByRole(AriaRole.Button, new() { Name = "Redrive the group" }).ClickAsync();

        await Assertions
            .Expect(page.Locator("[data-fact=state]"))
            .ToHaveTextAsync("Stopped", new() { Timeout = 120_000 });
        await ScreenshotAsync(page, "redrive-stopped");
        var sent = int.Parse(await page.Locator("[data-fact=sent]").InnerTextAsync(), CultureInfo.InvariantCulture);
        Assert.InRange(sent, 1, 99);
        Assert.Equal(
            await processor.RecordedAsync(cancellationToken),
            await processor.RecordedOnceAsync(cancellationToken)
        );
    }

    private static async Task BuryMixedAsync(EmulatedPipeline pipeline, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 200),
            cancellationToken,
            async (number, token) =>
                await pipeline.BuryAsync(
                    number % 10 < 3 ? AnEvent.Poison(number) : AnEvent.Of(number),
                    "effect-timeout",
                    FailureClass.Transient,
                    token
                )
        );
    }

    /// <summary>Into docs/, where somebody asks for new pictures: <c>UPDATE_DOCS=1</c>.</summary>
    private static async Task ScreenshotAsync(IPage page, string name)
    {
        if (System.Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "operations", $"{name}.png") });
        }
    }
}
