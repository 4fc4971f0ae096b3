using System.Text;
using Events;
using Proof.Comparing;
using Proof.Emitting;
using Proof.Reporting;

namespace Proof.Tests;

/// <summary>A proof is worth what it would find: each way of being wrong is put into the store and must be seen.</summary>
public sealed class ComparisonTests(EmulatedStore emulated) : IClassFixture<EmulatedStore>
{
    private static readonly DateTimeOffset Published = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);
    private string _lastEnvelope = "";

    [Fact]
    public async Task What_is_all_there_once_holds()
    {
        var (truth, store) = await ATruthOfAsync(events: 3, poison: 1);
        await emulated.RecordAsync(truth.Events.Keys, Published.AddMilliseconds(40));
        await emulated.BuryAsync(truth.Poison.Keys, reason: "no-event-body");

        var findings = await CompareAsync(truth, store);

        Assert.True(findings.Holds);
        Assert.Equal(3, findings.Recorded);
        Assert.Equal(1, findings.DeadLettered);
        Assert.All(findings.Latencies, latency => Assert.Equal(40, latency.TotalMilliseconds));
    }

    [Fact]
    public async Task An_event_that_is_not_in_the_table_is_lost()
    {
        var (truth, store) = await ATruthOfAsync(events: 3, poison: 0);
        await emulated.RecordAsync(truth.Events.Keys.Skip(1), Published);

        var findings = await CompareAsync(truth, store);

        Assert.False(findings.Holds);
        Assert.Equal(1, findings.Lost);
    }

    [Fact]
    public async Task Poison_that_is_no_dead_letter_is_lost()
    {
        var (truth, store) = await ATruthOfAsync(events: 0, poison: 2);
        await emulated.BuryAsync(truth.Poison.Keys.Take(1), reason: "not-json");

        var findings = await CompareAsync(truth, store);

        Assert.False(findings.Holds);
        Assert.Equal(1, findings.Lost);
    }

    [Fact]
    public async Task An_event_under_a_second_key_is_doubled()
    {
        var (truth, store) = await ATruthOfAsync(events: 1, poison: 0);
        var (subject, sort) = truth.Events.Keys.Single();
        await emulated.RecordAsync([(subject, sort), (subject, $"00000000000001{sort[14..]}")], Published);

        var findings = await CompareAsync(truth, store);

        Assert.False(findings.Holds);
        Assert.Equal(1, findings.Doubled);
    }

    [Fact]
    public async Task An_event_among_the_dead_letters_is_misplaced()
    {
        var (truth, store) = await ATruthOfAsync(events: 1, poison: 0);
        await emulated.RecordAsync(truth.Events.Keys, Published);
        await emulated.BuryAsync([_lastEnvelope], reason: "unexpected-error");

        var findings = await CompareAsync(truth, store);

        Assert.False(findings.Holds);
        Assert.Equal(1, findings.Misplaced);
    }

    [Fact]
    public async Task Dead_letters_of_others_are_not_misplaced()
    {
        var (truth, store) = await ATruthOfAsync(events: 1, poison: 1);
        await emulated.RecordAsync(truth.Events.Keys, Published);
        await emulated.BuryAsync(truth.Poison.Keys, reason: "no-event-body");
        await emulated.BuryAsync([Envelope(1), "{\"poison\":\"of an earlier run\"}"], reason: "unexpected-error");

        var findings = await CompareAsync(truth, store);

        Assert.True(findings.Holds);
        Assert.Equal(0, findings.Misplaced);
    }

    [Fact]
    public async Task A_dead_letter_that_was_sent_twice_for_one_message_is_one_letter()
    {
        var (truth, store) = await ATruthOfAsync(events: 0, poison: 1);
        await emulated.BuryAsync(truth.Poison.Keys, reason: "no-event-body", messageId: "message-1");
        await emulated.BuryAsync(truth.Poison.Keys, reason: "no-event-body", messageId: "message-1");

        var findings = await CompareAsync(truth, store);

        Assert.True(findings.Holds);
        Assert.Equal(1, findings.DeadLettered);
        Assert.Equal(1, findings.LettersRepeated);
    }

    [Fact]
    public async Task Dead_letters_of_two_messages_with_one_body_are_doubled()
    {
        var (truth, store) = await ATruthOfAsync(events: 0, poison: 1);
        await emulated.BuryAsync(truth.Poison.Keys, reason: "no-event-body", messageId: "message-1");
        await emulated.BuryAsync(truth.Poison.Keys, reason: "no-event-body", messageId: "message-2");

        var findings = await CompareAsync(truth, store);

        Assert.False(findings.Holds);
        Assert.Equal(1, findings.Doubled);
    }

    [Fact]
    public async Task Poison_that_was_sent_again_for_want_of_an_answer_is_not_doubled()
    {
        var (truth, store) = await ATruthOfAsync(events: 0, poison: 1);
        await emulated.BuryAsync(truth.Poison.Keys, reason: "no-event-body", messageId: "message-1");
        await emulated.BuryAsync(truth.Poison.Keys, reason: "no-event-body", messageId: "message-2");

        var findings = await CompareAsync(truth, store, disturbed: true);

        Assert.True(findings.Holds);
        Assert.Equal(1, findings.LettersRepeated);
    }

    [Fact]
    public async Task Poison_that_became_more_messages_than_it_was_sent_is_doubled_however_disturbed()
    {
        var (truth, store) = await ATruthOfAsync(events: 0, poison: 1);
        for (var message = 1; message <= 7; message++)
        {
            await emulated.BuryAsync(truth.Poison.Keys, reason: "no-event-body", $"message-{message}");
        }

        var findings = await CompareAsync(truth, store, disturbed: true);

        Assert.Equal(["1 doubled"], findings.Faults);
        Assert.Equal(5, findings.LettersRepeated);
    }

    [Fact]
    public async Task A_dead_letter_without_a_reason_is_misplaced()
    {
        var (truth, store) = await ATruthOfAsync(events: 0, poison: 1);
        await emulated.BuryAsync(truth.Poison.Keys, reason: null);

        var findings = await CompareAsync(truth, store);

        Assert.False(findings.Holds);
        Assert.Equal(1, findings.Misplaced);
    }

    [Fact]
    public async Task A_conversation_without_a_summary_is_not_enriched()
    {
        var (truth, store) = await ATruthOfAsync(events: 2, poison: 0);
        await emulated.RecordAsync(truth.Events.Keys, Published);

        var findings = await CompareAsync(truth, store, enriches: true);

        Assert.False(findings.Holds);
        Assert.Equal(truth.Conversations.Count, findings.NotEnriched);
    }

    [Fact]
    public async Task A_refused_call_is_no_proof()
    {
        var (truth, store) = await ATruthOfAsync(events: 0, poison: 0);

        var findings = await CompareAsync(truth, store, api: new ApiTruth(301, Refused: 1, MostInOneWindow: 301));

        Assert.False(findings.Holds);
    }

    [Fact]
    public async Task What_was_not_emitted_is_not_proven()
    {
        var (truth, store) = await ATruthOfAsync(events: 1, poison: 0);
        await emulated.RecordAsync(truth.Events.Keys, Published);

        var findings = await CompareAsync(truth, store, asked: 2);

        Assert.Equal(["1 not emitted"], findings.Faults);
    }

    [Fact]
    public async Task What_is_not_settled_in_time_is_not_proven()
    {
        var (truth, store) = await ATruthOfAsync(events: 1, poison: 0);
        await emulated.RecordAsync(truth.Events.Keys, Published);

        var findings = await CompareAsync(truth, store, settled: false);

        Assert.Equal(["not settled in time"], findings.Faults);
        Assert.EndsWith(
            "NOT PROVEN: not settled in time.",
            Report.Of(truth, findings, Published),
            StringComparison.Ordinal
        );
    }

    private static Task<Findings> CompareAsync(
        Truth truth,
        Store store,
        bool enriches = false,
        bool settled = true,
        int? asked = null,
        ApiTruth? api = null,
        bool disturbed = false
    ) =>
        Comparison.OfAsync(
            truth,
            store,
            api ?? new ApiTruth(0, 0, 0),
            new Asked(asked ?? truth.Distinct, enriches, disturbed, WriteBack: false),
            settled,
            TestContext.Current.CancellationToken
        );

    private async Task<(Truth Truth, Store Store)> ATruthOfAsync(int events, int poison)
    {
        var truth = new Truth();
        for (var index = 0; index < events; index++)
        {
            _lastEnvelope = Envelope(index);
            truth.Add(new TruthLine("event", _lastEnvelope, Deliveries: 1, InDoubt: 0, Published));
        }

        for (var index = 0; index < poison; index++)
        {
            truth.Add(new TruthLine("poison", $"{{\"poison\":{index}}}", Deliveries: 1, InDoubt: 0, Published));
        }

        return (truth, await emulated.EmptyAsync(TestContext.Current.CancellationToken));
    }

    private static string Envelope(int index)
    {
        var conversationId = Guid.NewGuid();
        var envelope = $$$"""
            {"version":"0","id":"{{{Guid.NewGuid()}}}","detail-type":"v2.detail.events.conversation.{id}.customer.start",
            "source":"aws.partner/genesys.com/cloud/o/s","account":"123456789012","time":"2026-03-19T14:00:00Z","region":"us-east-1",
            "resources":[],"detail":{"topicName":"v2.detail.events.conversation.{{{conversationId}}}.customer.start","version":"2",
            "eventBody":{"eventTime":{{{1773928800000
                + index}}},"conversationId":"{{{conversationId}}}","participantId":"p","sessionId":"s"},
            "timestamp":"2026-03-19T14:00:00.400Z"}}
            """;
        Assert.IsType<Decoded.Event>(EventDecoder.Decode(Encoding.UTF8.GetBytes(envelope)));
        return envelope;
    }
}
