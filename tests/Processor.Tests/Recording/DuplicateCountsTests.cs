using Processor.Receiving;
using Processor.Recording;
using Processor.Testing;
using Processor.Testing.Building;

namespace Processor.Tests.Recording;

public sealed class DuplicateCountsTests
{
    [Fact]
    public async Task What_is_recognised_is_counted_by_event()
    {
        var duplicates = new DuplicateCounts(new RecordingOptions { CountDuplicates = true });
        duplicates.Add("a");
        duplicates.Add("b");
        duplicates.Add("a");

        var taken = await duplicates.TakeAsync(TestContext.Current.CancellationToken);

        Assert.Equal([KeyValuePair.Create("a", 2), KeyValuePair.Create("b", 1)], taken);
    }

    [Fact]
    public async Task What_finds_no_room_is_not_counted_and_holds_nobody_up()
    {
        var duplicates = new DuplicateCounts(new RecordingOptions { CountDuplicates = true });
        for (var duplicate = 0; duplicate < 2 * DuplicateCounts.WaitingMax; duplicate++)
        {
            duplicates.Add("a");
        }

        var taken = await duplicates.TakeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(DuplicateCounts.WaitingMax, Assert.Single(taken).Value);
    }

    [Fact]
    public async Task Nothing_is_kept_where_nobody_wants_it()
    {
        var duplicates = new DuplicateCounts(new RecordingOptions());
        duplicates.Add("a");
        using var over = new CancellationTokenSource();

        var taking = duplicates.TakeAsync(over.Token);
        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
    }

    [Fact]
    public async Task An_event_that_is_delivered_three_times_counts_two_duplicates()
    {
        using var scenario = new Scenario { Recording = new RecordingOptions { CountDuplicates = true } };
        for (var delivery = 0; delivery < 3; delivery++)
        {
            scenario.Aws.Queue.Send(Builders.AnEvent().Build());
        }

        var processor = scenario.RunUntilEmpty();

        var taken = await processor.Duplicates.TakeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, Assert.Single(taken).Value);
    }

    [Theory]
    [InlineData(2, "", "")]
    [InlineData(1, "deferrals", "1")]
    [InlineData(1, "last-failed-at", "2026-03-19T14:00:00.000Z")]
    public void A_message_that_returns_is_no_second_copy(int receiveCount, string name, string value)
    {
        var message = new ReceivedMessage("m", "h", "{}", receiveCount, DateTimeOffset.UnixEpoch)
        {
            Attributes = name.Length > 0 ? new Dictionary<string, string> { [name] = value } : SqsAttributes.None,
        };

        Assert.False(message.IsNew);
    }

    [Fact]
    public void A_message_with_nothing_but_a_trace_is_new()
    {
        var message = new ReceivedMessage("m", "h", "{}", 1, DateTimeOffset.UnixEpoch)
        {
            Attributes = new Dictionary<string, string> { ["traceparent"] = "00-1" },
        };

        Assert.True(message.IsNew);
    }
}
