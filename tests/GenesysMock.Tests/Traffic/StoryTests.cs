using System.Text.Json;
using GenesysMock.Traffic;
using Testing;

namespace GenesysMock.Tests.Traffic;

public sealed class StoryTests
{
    private static readonly string Samples = Repository.PathOf("tests", "Events.Tests", "Samples");

    [Fact]
    public void An_inbound_call_goes_through_the_fifteen_steps_of_the_sample()
    {
        var sample = File.ReadLines(Path.Combine(Samples, "lifecycle-inbound-voice.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("detail-type").GetString()!)
            .ToList();

        // The shortest tale of it: one change of attributes and one utterance.
        var tales = Enumerable
            .Range(1, 200)
            .Select(seed => Plans.Tell(Story.InboundVoice, seed, Plans.Plain with { Transcribed = 1 }).Happenings);

        Assert.Contains(
            tales,
            happenings => happenings.Select(happening => happening.DetailType).SequenceEqual(sample)
        );
    }

    [Fact]
    public void Each_kind_of_event_has_the_members_of_its_sample()
    {
        var generated = new TrafficGenerator(
            Plans.Organization,
            TrafficPlan.OfThePast(3, 20_000, 200, Plans.Plain with { Transcribed = 1 }, Plans.Now)
        )
            .Deliveries()
            .Select(delivery => JsonDocument.Parse(delivery.Envelope).RootElement)
            .Where(IsVoiceOrAmbient)
            .ToLookup(envelope => envelope.GetProperty("detail-type").GetString());

        foreach (var file in Directory.EnumerateFiles(Samples, "eb-*.json"))
        {
            var sample = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
            var likes = generated[sample.GetProperty("detail-type").GetString()].Select(MembersOf);
            Assert.True(
                likes.Contains(MembersOf(sample)),
                $"nothing generated has the members of {Path.GetFileName(file)}"
            );
        }
    }

    [Fact]
    public void The_customer_who_gives_up_is_never_answered()
    {
        var (conversation, happenings) = Plans.Tell(Story.Abandoned);

        Assert.DoesNotContain("user.start", happenings.Kinds());
        Assert.Contains("\"acdOutcome\":\"ABANDON\"", BodyOf(happenings, "acd.end"), StringComparison.Ordinal);
        Assert.DoesNotContain(conversation.Participants, participant => participant.Purpose is Purpose.Agent);
    }

    [Fact]
    public void An_agent_who_lets_it_ring_ends_too_and_another_one_answers()
    {
        var (conversation, happenings) = Plans.Tell(Story.Rejected);

        Assert.True(happenings.Kinds().Count(kind => kind == "user.end") >= 2);
        Assert.Contains("NO_ANSWER_TRANSFER", BodyOf(happenings, "user.end"), StringComparison.Ordinal);
        Assert.Single(conversation.Participants, participant => participant.AnsweredAt is not null);
    }

    [Fact]
    public void A_transferred_call_waits_twice_and_has_two_agents()
    {
        var (conversation, happenings) = Plans.Tell(Story.Transferred);

        Assert.Equal(2, happenings.Kinds().Count(kind => kind == "acd.start"));
        Assert.Equal(2, conversation.Participants.Count(participant => participant.AnsweredAt is not null));
    }

    [Fact]
    public void A_conversation_that_is_reopened_has_its_after_call_work_twice()
    {
        var (_, happenings) = Plans.Tell(Story.Reopened);

        Assert.Equal(2, happenings.Kinds().Count(kind => kind == "acw"));
    }

    [Fact]
    public void The_last_transcription_event_has_no_transcripts()
    {
        var (_, happenings) = Plans.Tell(Story.InboundVoice, shape: Plans.Plain with { Transcribed = 1 });

        var last = JsonDocument.Parse(
            happenings.Last(one => one.DetailType.EndsWith("transcription", StringComparison.Ordinal)).Body
        );
        Assert.Equal("SESSION_ENDED", last.RootElement.GetProperty("status").GetProperty("status").GetString());
        Assert.False(last.RootElement.TryGetProperty("transcripts", out _));
    }

    [Fact]
    public void Times_are_numbers_in_detail_events_and_text_in_transcriptions()
    {
        var (_, happenings) = Plans.Tell(Story.InboundVoice, shape: Plans.Plain with { Transcribed = 1 });

        var kinds = happenings
            .GroupBy(one => one.DetailType.EndsWith("transcription", StringComparison.Ordinal))
            .ToDictionary(group => group.Key, group => group.Select(TimeKindOf).Distinct().Single());
        Assert.Equal(JsonValueKind.Number, kinds[false]);
        Assert.Equal(JsonValueKind.String, kinds[true]);
    }

    [Theory]
    [InlineData((int)Story.Message, "MESSAGE")]
    [InlineData((int)Story.Chat, "CHAT")]
    [InlineData((int)Story.Email, "EMAIL")]
    public void What_is_written_has_addresses_instead_of_numbers(int story, string mediaType)
    {
        var (_, happenings) = Plans.Tell((Story)story);

        var body = BodyOf(happenings, "customer.start");
        Assert.Contains($"\"mediaType\":\"{mediaType}\"", body, StringComparison.Ordinal);
        Assert.Contains("addressFrom", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"ani\"", body, StringComparison.Ordinal);
    }

    private static bool IsVoiceOrAmbient(JsonElement envelope) =>
        !envelope.GetProperty("detail").GetProperty("eventBody").TryGetProperty("addressFrom", out _);

    private static string MembersOf(JsonElement envelope) =>
        string.Join(' ', Names(envelope))
        + " | "
        + string.Join(' ', Names(envelope.GetProperty("detail")))
        + " | "
        + string.Join(
            ' ',
            Names(envelope.GetProperty("detail").GetProperty("eventBody")).Order(StringComparer.Ordinal)
        );

    private static IEnumerable<string> Names(JsonElement element) =>
        element.EnumerateObject().Select(member => member.Name);

    private static string BodyOf(IEnumerable<Happening> happenings, string kind) =>
        System.Text.Encoding.UTF8.GetString(
            happenings.First(one => one.DetailType.EndsWith(kind, StringComparison.Ordinal)).Body.Span
        );

    private static JsonValueKind TimeKindOf(Happening happening)
    {
        using var body = JsonDocument.Parse(happening.Body);
        return body.RootElement.GetProperty("eventTime").ValueKind;
    }
}
