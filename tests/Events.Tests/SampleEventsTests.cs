namespace Events.Tests;

public sealed class SampleEventsTests
{
    private const string Conversation = "conversation:bc877f8f-d2b6-5e0c-b16f-9e167586ddca";
    private const string User = "user:6aed6d69-5603-5b35-9433-93ddfd49c3a7";

    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_sample_is_an_event_of_a_known_topic(string name)
    {
        Assert.True(Decode.Event(Samples.Read(name)).Topic.IsKnown);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_sample_happened_when_its_body_says_and_not_after_it_was_published(string name)
    {
        var decoded = Decode.Event(Samples.Read(name));

        Assert.Equal(new DateTime(2026, 3, 19), decoded.EventTime.Date);
        Assert.True(decoded.EventTime <= decoded.PublishedAt);
    }

    [Theory]
    [InlineData("customer-start", Conversation, true)]
    [InlineData("flow-start", Conversation, false)]
    [InlineData("flow-outcome", Conversation, false)]
    [InlineData("flow-end", Conversation, false)]
    [InlineData("acd-start", Conversation, false)]
    [InlineData("acd-end", Conversation, true)]
    [InlineData("user-start", Conversation, false)]
    [InlineData("user-end", Conversation, true)]
    [InlineData("customer-end", Conversation, true)]
    [InlineData("acw", Conversation, true)]
    [InlineData("wrapup", Conversation, true)]
    [InlineData("contact", Conversation, false)]
    [InlineData("outbound", Conversation, false)]
    [InlineData("attributes", Conversation, false)]
    [InlineData("transcription-ongoing", Conversation, false)]
    [InlineData("transcription-ended", Conversation, false)]
    [InlineData("analytics-conversation-metrics", Conversation, false)]
    [InlineData("users-presence", User, false)]
    [InlineData("users-routingStatus", User, false)]
    [InlineData("users-activity", User, false)]
    [InlineData("analytics-queue-observations", "queue:02de9458-06e2-51ce-a98f-d75d3aa4e64a", false)]
    [InlineData("operations-event", "operation:38d51ff1-a9bf-59d1-a36f-cca4681440b2", false)]
    [InlineData("audit-user-presence", "audit:UserPresence:6aed6d69-5603-5b35-9433-93ddfd49c3a7", false)]
    [InlineData("audit-oauthclient-delete", "audit:OAuthClient:c6b16cb9-dacf-5ad6-99bc-55124ae7dd52", false)]
    public void A_sample_is_about_its_subject(string name, string subject, bool isBoundary)
    {
        var decoded = Decode.Event(Samples.Read(name));

        Assert.Equal(subject, decoded.Subject);
        Assert.Equal(isBoundary, decoded.Topic.IsBoundary);
    }

    [Fact]
    public void Each_member_of_the_event_is_read_from_its_place()
    {
        var decoded = Decode.Event(Samples.Read("acd-end"));

        Assert.Equal("v2.detail.events.conversation.{id}.acd.end", decoded.DetailType);
        Assert.Equal("aws.partner/genesys.com/cloud/51d48700-4aee-5a5d-a8a5-27a5c1471ac6/acme-events", decoded.Source);
        Assert.Equal("bc877f8f-d2b6-5e0c-b16f-9e167586ddca", decoded.ConversationId);
        Assert.Equal("8a2f6f9e-14df-586f-b40f-24682a2a0de1", decoded.ParticipantId);
        Assert.Equal(1773928872120, decoded.EventTime.ToUnixTimeMilliseconds());
        Assert.Equal(new DateTimeOffset(2026, 3, 19, 14, 1, 12, 400, TimeSpan.Zero), decoded.PublishedAt);
        Assert.Equal("c528035b-6eae-52eb-ab56-fe17cac0a5a4", decoded.CorrelationId);
        Assert.Null(decoded.ReplayName);
    }

    [Fact]
    public void The_event_body_is_a_slice_of_the_bytes_that_came()
    {
        var envelope = Samples.Lifecycle()[0];

        var body = System.Text.Encoding.UTF8.GetString(Decode.Event(envelope).EventBody.Span);

        Assert.StartsWith("{\"eventTime\":1773928800120,", body, StringComparison.Ordinal);
        Assert.Contains($"\"eventBody\":{body},\"metadata\"", envelope, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_is_fifteen_events_of_one_subject_whose_sort_keys_are_in_the_order_of_time()
    {
        var events = Samples.Lifecycle().Select(Decode.Event).ToList();

        Assert.Equal(15, events.Select(decoded => decoded.EventKey).Distinct().Count());
        Assert.Equal([Conversation], events.Select(decoded => decoded.Subject).Distinct());
        Assert.Equal(
            events.OrderBy(decoded => decoded.EventTime).Select(decoded => decoded.EventTime),
            events.OrderBy(decoded => decoded.SortKey, StringComparer.Ordinal).Select(decoded => decoded.EventTime)
        );
    }
}
