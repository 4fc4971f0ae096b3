namespace Events.Tests.Topics;

public sealed class TopicsTests
{
    [Fact]
    public void All_topics_of_the_SDK_are_known()
    {
        Assert.Equal(242, Events.Topics.Known.Count);
        Assert.All(Events.Topics.Known, topic => Assert.Matches("^[a-z_]+$", topic.SubjectKind));
    }

    [Theory]
    [InlineData("v2.detail.events.conversation.{id}.acd.end", "conversation")]
    [InlineData("v2.conversations.{id}.suggestions.knowledge.search", "conversation")]
    [InlineData("v2.bot.conversation.{id}.conversations.summaries", "conversation")]
    [InlineData("v2.users.{id}.conversations.{id}.recordings.{id}", "conversation")]
    [InlineData("v2.users.{id}.conversations", "user")]
    [InlineData("v2.users.{id}.station", "user")]
    [InlineData("v2.workforcemanagement.agents.{id}.adherence.explanations", "user")]
    [InlineData("v2.detail.events.agent.{id}.state", "user")]
    [InlineData("v2.routing.queues.{id}.conversations.calls", "queue")]
    [InlineData("v2.analytics.flow.{id}.aggregates", "flow")]
    [InlineData("v2.audits.entitytype.{id}.entityid.{id}", "audit")]
    [InlineData("v2.operations.events.{id}", "operation")]
    [InlineData("v2.outbound.campaigns.{id}.progress", "campaign")]
    [InlineData("v2.telephony.providers.edges.phones.{id}", "phone")]
    [InlineData("v2.externalcontacts.contacts.{id}.notes.{id}", "contact")]
    [InlineData("v2.quality.evaluations", "topic")]
    public void A_topic_is_about_a_conversation_if_it_names_one_and_else_about_its_first_id(string name, string kind)
    {
        Assert.Equal(kind, Events.Topics.Find(name).SubjectKind);
    }

    [Fact]
    public void Six_steps_are_boundaries()
    {
        Assert.Equal(
            ["acd.end", "acw", "customer.end", "customer.start", "user.end", "wrapup"],
            Events
                .Topics.Known.Where(topic => topic.IsBoundary)
                .Select(topic => topic.Name["v2.detail.events.conversation.{id}.".Length..])
                .Order()
        );
    }

    [Fact]
    public void A_topic_nobody_told_us_about_is_recorded_under_its_own_name()
    {
        var decoded = EnvelopeBuilder
            .Of("acd-end")
            .With("detail-type", "v2.detail.events.conversation.{id}.teleported")
            .Decode();

        Assert.False(decoded.Topic.IsKnown);
        Assert.Equal("topic:v2.detail.events.conversation.{id}.teleported", decoded.Subject);
        Assert.Equal("bc877f8f-d2b6-5e0c-b16f-9e167586ddca", decoded.ConversationId);
        Assert.Equal(1773928872120, decoded.EventTime.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Events_of_an_unknown_topic_are_told_apart_by_their_topic_names()
    {
        static GenesysEvent Of(string topicName) =>
            EnvelopeBuilder
                .Of("users-presence")
                .With("detail-type", "v2.news.{id}")
                .With("detail.topicName", topicName)
                .Decode();

        Assert.NotEqual(Of("v2.news.1").NaturalKey, Of("v2.news.2").NaturalKey);
    }

    [Fact]
    public void The_recordings_of_a_conversation_are_about_the_conversation()
    {
        static GenesysEvent Of(string recording) =>
            EnvelopeBuilder
                .Of("users-presence")
                .With("detail-type", "v2.users.{id}.conversations.{id}.recordings.{id}")
                .With("detail.topicName", $"v2.users.u1.conversations.c1.recordings.{recording}")
                .Decode();

        Assert.Equal(("conversation:c1", "c1"), (Of("r1").Subject, Of("r1").ConversationId));
        Assert.NotEqual(Of("r1").NaturalKey, Of("r2").NaturalKey);
    }

    [Theory]
    [InlineData("v2.users.{id}.presence", "v2.users.u1.presence", 0, "u1")]
    [InlineData("v2.audits.entitytype.{id}.entityid.{id}", "v2.audits.entitytype.A.entityid.b", 0, "A")]
    [InlineData("v2.audits.entitytype.{id}.entityid.{id}", "v2.audits.entitytype.A.entityid.b.c", 1, "b.c")]
    [InlineData("v2.system.{id}.{id}", "v2.system.a.b", 1, "b")]
    public void An_id_is_read_from_its_place_in_the_topic_name(string template, string name, int index, string id)
    {
        Assert.True(TopicName.TryGetId(template, name, index, out var found));
        Assert.Equal(id, found);
    }

    [Theory]
    [InlineData("v2.users.{id}.presence", "v2.users.presence")]
    [InlineData("v2.users.{id}.presence", "v2.users.u1.presenc")]
    [InlineData("v2.users.{id}.presence", "")]
    [InlineData("v2.system.{id}.{id}", "v2.system.a.")]
    [InlineData("v2.system.{id}.{id}", "v2.system.a")]
    public void A_name_that_is_not_of_the_template_has_no_id(string template, string name)
    {
        Assert.False(
            TopicName.TryGetId(template, name, index: 0, out _) && TopicName.TryGetId(template, name, index: 1, out _)
        );
    }
}
