using Events;
using Processor.Effects;
using Processor.Receiving;
using Processor.Testing;
using Processor.Testing.Outside;
using Testing;

namespace Processor.Tests.Effects;

public sealed class AttributeWriteBackTests
{
    private const string Patch = "PATCH /api/v2/conversations/*";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_end_of_a_customer_is_written_back_once_and_the_event_of_it_is_recorded_and_starts_nothing()
    {
        var random = new Random(1);
        var receiving = new ReceivingOptions { WaitTime = TimeSpan.FromSeconds(1) };
        var aws = new FakeAws(TimeProvider.System, random, receiving);
        await using var writeBack = await AWriteBack.StartAsync(envelope => aws.Queue.Send(envelope));
        var settings = new ProcessorSettings
        {
            Receiving = receiving,
            Announcing = new() { Enabled = false },
            Handlers = [writeBack.Handler],
        };
        using var processor = new ProcessorUnderTest(aws, settings);

        processor.Start();
        await writeBack.Mock.HappenAsync(600);
        await Eventually.SeesAsync(
            _ =>
                Task.FromResult(
                    (Left: aws.Queue.Messages.Count, Echoes: Echoes(writeBack).Count, Ends(writeBack).Count)
                ),
            seen => seen.Left == 0 && seen.Count > 0 && seen.Echoes >= seen.Count,
            TimeSpan.FromMinutes(5),
            Token
        );
        await processor.DrainAsync();

        var patched = await writeBack.PatchedAsync();
        Assert.Equal(Ends(writeBack).Count, patched.Count);
        Assert.All(patched, one => Assert.Equal((1, 0), (one.Patches, one.Repeated)));
        Assert.Equal(
            Echoes(writeBack).Order(),
            aws.Table.Events.Where(one => IsEcho(one.Kind)).Select(one => one.Sort.Split('#')[1]).Order()
        );
        Assert.Empty(aws.DeadLetters.Letters);
    }

    [Fact]
    public async Task Nothing_is_written_when_the_time_of_the_claim_is_over()
    {
        await using var writeBack = await AWriteBack.StartAsync();
        var end = await writeBack.AnEndAsync();

        var answer = await writeBack.Handler.ApplyAsync(end, TimeProvider.System.GetUtcNow(), Token);

        Assert.Equal("its time is over", Assert.IsType<EffectAnswer.Deferred>(answer).Reason);
        Assert.Empty(await writeBack.PatchedAsync());
    }

    [Fact]
    public async Task A_write_that_is_refused_for_rate_waits_for_as_long_as_the_platform_says()
    {
        await using var writeBack = await AWriteBack.StartAsync();
        var end = await writeBack.AnEndAsync();
        await writeBack.Mock.LimitAsync(
            $$"""{"perToken":0,"perOrganization":0,"endpoints":[{"endpoint":"{{Patch}}","allowed":1,"window":"01:00:00","retryAfter":"00:10:00"}]}"""
        );

        var first = await writeBack.Handler.ApplyAsync(end, DateTimeOffset.MaxValue, Token);

        var answer = await writeBack.Handler.ApplyAsync(end, DateTimeOffset.MaxValue, Token);

        Assert.IsType<EffectAnswer.Completed>(first);
        var deferred = Assert.IsType<EffectAnswer.Deferred>(answer);
        Assert.InRange((deferred.Until - TimeProvider.System.GetUtcNow()).TotalMinutes, 9.9, 10.1);
        Assert.Equal(deferred.Until, writeBack.Handler.MustWait(end)?.Until);
    }

    [Fact]
    public async Task A_conversation_that_is_not_there_yet_is_written_to_later_and_one_that_never_was_is_rejected()
    {
        await using var writeBack = await AWriteBack.StartAsync();
        var end = await writeBack.AnEndAsync();
        var unknown = end with { ConversationId = Guid.NewGuid().ToString() };

        var young = await writeBack.Handler.ApplyAsync(
            unknown with
            {
                EventTime = Now(),
            },
            DateTimeOffset.MaxValue,
            Token
        );
        var old = await writeBack.Handler.ApplyAsync(
            unknown with
            {
                EventTime = Now().AddDays(-1),
            },
            DateTimeOffset.MaxValue,
            Token
        );

        Assert.Equal("not-yet", Assert.IsType<EffectAnswer.Deferred>(young).Reason);
        Assert.StartsWith(
            "genesys-rejected: 404",
            Assert.IsType<EffectAnswer.Rejected>(old).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_write_that_can_never_succeed_is_rejected()
    {
        await using var writeBack = await AWriteBack.StartAsync();
        var end = await writeBack.AnEndAsync();
        await writeBack.Mock.FailAsync($$"""{"rules":[{"kind":"Status","status":400,"endpoint":"{{Patch}}"}]}""");

        var answer = await writeBack.Handler.ApplyAsync(end, DateTimeOffset.MaxValue, Token);

        Assert.StartsWith(
            "genesys-rejected: 400",
            Assert.IsType<EffectAnswer.Rejected>(answer).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_in_doubt_until_the_platform_is_asked()
    {
        await using var writeBack = await AWriteBack.StartAsync();
        var end = await writeBack.AnEndAsync();
        await writeBack.Mock.FailAsync($$"""{"rules":[{"kind":"Reset","endpoint":"{{Patch}}","times":1}]}""");

        var lost = await writeBack.Handler.ApplyAsync(end, DateTimeOffset.MaxValue, Token);
        var before = await writeBack.Handler.FindOutAsync(end, Token);
        var again = await writeBack.Handler.ApplyAsync(end, DateTimeOffset.MaxValue, Token);
        var after = await writeBack.Handler.FindOutAsync(end, Token);

        Assert.IsType<EffectAnswer.Ambiguous>(lost);
        Assert.IsType<EffectFinding.DidNotHappen>(before);
        Assert.IsType<EffectAnswer.Completed>(again);
        Assert.IsType<EffectFinding.Happened>(after);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    public async Task A_refusal_to_tell_says_nothing_of_what_happened(int status)
    {
        await using var writeBack = await AWriteBack.StartAsync();
        var end = await writeBack.AnEndAsync();
        await writeBack.Mock.FailAsync(
            $$"""{"rules":[{"kind":"Status","status":{{status}},"endpoint":"GET /api/v2/conversations/*"}]}"""
        );

        Assert.IsType<EffectFinding.Unknown>(await writeBack.Handler.FindOutAsync(end, Token));
    }

    [Fact]
    public async Task What_does_not_exist_was_not_written_to()
    {
        await using var writeBack = await AWriteBack.StartAsync();
        var end = await writeBack.AnEndAsync();
        var gone = end with { ConversationId = Guid.NewGuid().ToString(), EventTime = Now().AddDays(-1) };

        Assert.IsType<EffectFinding.DidNotHappen>(await writeBack.Handler.FindOutAsync(gone, Token));
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    private static List<string> Ends(AWriteBack writeBack) =>
        KeysOf(writeBack, published => writeBack.Handler.Handles(published), published => published.NaturalKey);

    private static List<string> Echoes(AWriteBack writeBack) =>
        KeysOf(writeBack, published => IsEcho(published.DetailType), published => published.EventKey);

    private static bool IsEcho(string detailType) => detailType.EndsWith(".attributes", StringComparison.Ordinal);

    private static List<string> KeysOf(
        AWriteBack writeBack,
        Predicate<GenesysEvent> which,
        Func<GenesysEvent, string> key
    ) => [.. writeBack.Published.Select(AWriteBack.Decode).Where(one => which(one)).Select(key).Distinct()];
}
