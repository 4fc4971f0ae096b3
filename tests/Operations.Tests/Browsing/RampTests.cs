using System.Globalization;
using System.Text.RegularExpressions;
using Events.DeadLetters;
using Microsoft.Playwright;
using Operations.Tests.Emulated;

namespace Operations.Tests.Browsing;

/// <summary>A redrive as a person orders it, with the Processor that records what can be recorded.</summary>
public sealed partial class RampTests(EmulatedAws aws, Browser browser)
{
    private const int Letters = 200;

    /// <summary>By the first three steps of the ramp: 1, 2 and 5.</summary>
    private const int Sent = 8;

    private const int Failed = 2;

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
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync($"{Letters}");
        await page.GetByLabel("Messages a second").FillAsync("100");
        await page.GetByRole(AriaRole.Button, new() { Name = "Redrive the group" }).ClickAsync();

        await Assertions
            .Expect(page.Locator("[data-fact=state]"))
            .ToHaveTextAsync("Stopped", new() { Timeout = 120_000 });
        await Assertions
            .Expect(page.GetByRole(AriaRole.Status).First)
            .ToContainTextAsync("2 of a step of 5 failed again: more than 20 %.");

        // Of the step at which it stopped some were still under way; they are watched to their end.
        await Assertions
            .Expect(page.Locator("[data-fact=undecided]"))
            .ToContainTextAsync(Nought(), new() { Timeout = 180_000 });
        await Browser.PictureAsync(page, "redrive-stopped");
        var (sent, left) = (await NumberAsync(page, "sent"), await NumberAsync(page, "left"));
        var (recovered, failed) = (await NumberAsync(page, "recovered"), await NumberAsync(page, "failed-again"));
        Assert.Equal((Sent, Letters - Sent, Sent - Failed, Failed), (sent, left, recovered, failed));
        Assert.Equal((Letters, 0), (await NumberAsync(page, "taken"), await NumberAsync(page, "skipped")));
        Assert.Equal(recovered, await processor.RecordedAsync(cancellationToken));
        Assert.Equal(
            await processor.RecordedAsync(cancellationToken),
            await processor.RecordedOnceAsync(cancellationToken)
        );

        await page.GotoAsync(new Uri(operations.Link, "/dead-letters/transient/effect-timeout").ToString());
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync($"{left}");
    }

    private static async Task<int> NumberAsync(IPage page, string fact) =>
        int.Parse(
            LeadingNumber().Match(await page.Locator($"[data-fact={fact}]").InnerTextAsync()).Value,
            CultureInfo.InvariantCulture
        );

    [GeneratedRegex(@"^\d+")]
    private static partial Regex LeadingNumber();

    [GeneratedRegex(@"^0\b")]
    private static partial Regex Nought();

    /// <summary>Three of each ten can never succeed. The oldest can: the third step, of five, is the first to meet some that cannot.</summary>
    private static async Task BuryMixedAsync(EmulatedPipeline pipeline, CancellationToken cancellationToken)
    {
        var first = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Letters),
            cancellationToken,
            async (number, token) =>
                await pipeline.BuryAsync(
                    number % 10 is 7 or 8 or 9 ? AnEvent.Poison(number) : AnEvent.Of(number),
                    new DeadLetterAttributes
                    {
                        Reason = "effect-timeout",
                        Class = FailureClass.Transient,
                        Attempts = 3,
                        SentAt = first + TimeSpan.FromSeconds(number),
                        LastFailedAt = TimeProvider.System.GetUtcNow(),
                    },
                    token
                )
        );
    }
}
