using System.Text;
using Events;
using Proof.Comparing;
using Proof.Emitting;

namespace Proof.Tests;

/// <summary>What was written to participants, against the ends of customers that should have been.</summary>
public sealed class EffectsTests(EmulatedStore emulated) : IClassFixture<EmulatedStore>
{
    private readonly GenesysEvent _end = AnEnd();

    [Fact]
    public async Task An_end_that_was_written_once_is_done() =>
        Assert.Equal(new Effects(1, 0, 0, 0), await CompareAsync([Written(times: 1)]));

    [Fact]
    public async Task An_end_that_was_never_written_is_missing() =>
        Assert.Equal(new Effects(0, 1, 0, 0), await CompareAsync([]));

    [Fact]
    public async Task What_others_wrote_to_the_participant_is_not_the_effect() =>
        Assert.Equal(new Effects(0, 1, 0, 0), await CompareAsync([Written(times: 2) with { Value = "500" }]));

    [Fact]
    public async Task An_effect_that_was_had_twice_is_doubled() =>
        Assert.Equal(new Effects(1, 0, 1, 0), await CompareAsync([Written(times: 2)], generation: 1));

    [Fact]
    public async Task An_effect_that_was_repeated_without_a_look_is_doubled() =>
        Assert.Equal(new Effects(1, 0, 1, 0), await CompareAsync([Written(times: 2)], generation: 2));

    [Fact]
    public async Task An_effect_that_was_looked_for_in_vain_and_had_by_two_owners_was_in_doubt() =>
        Assert.Equal(new Effects(1, 0, 0, 1), await CompareAsync([Written(times: 2, looked: true)], generation: 2));

    [Fact]
    public async Task An_effect_that_one_owner_had_twice_is_doubled_whoever_looked() =>
        Assert.Equal(new Effects(1, 0, 1, 0), await CompareAsync([Written(times: 2, looked: true)], generation: 1));

    [Fact]
    public async Task More_repetitions_than_owners_are_doubled() =>
        Assert.Equal(new Effects(1, 0, 2, 1), await CompareAsync([Written(times: 4, looked: true)], generation: 2));

    [Fact]
    public async Task Where_nothing_stood_still_no_repetition_is_in_doubt() =>
        Assert.Equal(
            new Effects(1, 0, 1, 0),
            await CompareAsync([Written(times: 2, looked: true)], generation: 2, disturbed: false)
        );

    private async Task<Effects> CompareAsync(
        IReadOnlyList<Written> written,
        int? generation = null,
        bool disturbed = true
    )
    {
        var store = await emulated.EmptyAsync(TestContext.Current.CancellationToken);
        if (generation is { } times)
        {
            await emulated.ClaimAsync($"attribute-write-back#{_end.NaturalKey}", times);
        }

        var truth = new Truth();
        truth.Add(new TruthLine("event", Envelope, Deliveries: 1, InDoubt: 0, DateTimeOffset.UnixEpoch));
        return await Effects.OfAsync(truth, store, written, disturbed, TestContext.Current.CancellationToken);
    }

    private Written Written(int times, bool looked = false) =>
        new(_end.ConversationId!, _end.ParticipantId!, _end.EventKey, times, looked);

    private static GenesysEvent AnEnd() =>
        Assert.IsType<Decoded.Event>(EventDecoder.Decode(Encoding.UTF8.GetBytes(Envelope))).Value;

    private const string Envelope = """
        {"version":"0","id":"5e5a0f1e-6a5e-4a87-9d3c-2b7f0f8f8c11",
        "detail-type":"v2.detail.events.conversation.{id}.customer.end",
        "source":"aws.partner/genesys.com/cloud/o/s","account":"123456789012","time":"2026-03-19T14:00:00Z","region":"us-east-1",
        "resources":[],"detail":{"topicName":"v2.detail.events.conversation.0b6f7a3e-5f43-4c53-8a3b-0f1a64d0a9b1.customer.end","version":"2",
        "eventBody":{"eventTime":1773928800000,"conversationId":"0b6f7a3e-5f43-4c53-8a3b-0f1a64d0a9b1","participantId":"p","sessionId":"s"},
        "timestamp":"2026-03-19T14:00:00.400Z"}}
        """;
}
