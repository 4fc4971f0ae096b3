using Events.DeadLetters;

namespace Events.Tests.DeadLetters;

public sealed class DeadLetterAttributesTests
{
    private static readonly DeadLetterAttributes Full = new()
    {
        Reason = "missing-member: detail.eventBody.conversationId is missing",
        Class = FailureClass.Poison,
        Attempts = 3,
        FirstFailedAt = new DateTimeOffset(2026, 3, 19, 14, 0, 0, 120, TimeSpan.Zero),
        LastFailedAt = new DateTimeOffset(2026, 3, 19, 14, 5, 0, 0, TimeSpan.Zero),
        EventKey = "0TBrIBy96IQgMooL-w8VlAv0CBtKGKr3N",
        TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        SentAt = new DateTimeOffset(2026, 3, 19, 13, 59, 0, 0, TimeSpan.Zero),
        MessageId = "8aca65e6-0a13-5d60-a3bc-9d3c1b8ba235",
        Parent = "uITKoSSwtUIBUaci-7YtU84_pk-fwzXKS",
    };

    [Fact]
    public void What_was_written_is_what_is_read()
    {
        Assert.Equal(Full, DeadLetterAttributes.From(Full.ToAttributes()));
    }

    [Fact]
    public void There_are_as_many_attributes_as_SQS_allows_and_no_more()
    {
        Assert.Equal(10, DeadLetterAttributeNames.All.Count);
        Assert.Equal(DeadLetterAttributeNames.All.Order(), Full.ToAttributes().Keys.Order());
    }

    [Fact]
    public void A_time_is_written_as_people_and_the_console_read_it()
    {
        Assert.Equal("2026-03-19T14:00:00.120Z", Full.ToAttributes()["first-failed-at"]);
    }

    [Fact]
    public void The_code_of_a_reason_stands_before_its_colon()
    {
        Assert.Equal("missing-member", Full.ReasonCode);
        Assert.Equal("not-json", (Full with { Reason = "not-json" }).ReasonCode);
    }

    [Fact]
    public void What_is_not_known_is_not_sent()
    {
        var known = new DeadLetterAttributes { Reason = "not-json", Class = FailureClass.Poison };

        Assert.Equal(["attempts", "class", "reason"], known.ToAttributes().Keys.Order());
        Assert.Equal(known, DeadLetterAttributes.From(known.ToAttributes()));
    }

    [Fact]
    public void A_message_without_attributes_was_moved_by_SQS()
    {
        var moved = DeadLetterAttributes.From(new Dictionary<string, string>());

        Assert.Equal(new DeadLetterAttributes { Reason = "moved-by-sqs", Class = FailureClass.Unknown }, moved);
    }

    [Theory]
    [InlineData("attempts", "many")]
    [InlineData("attempts", "-1")]
    [InlineData("attempts", "99999999999")]
    [InlineData("class", "hopeless")]
    [InlineData("sent-at", "yesterday")]
    [InlineData("reason", "")]
    public void What_cannot_be_read_is_as_good_as_missing(string name, string text)
    {
        var read = DeadLetterAttributes.From(new Dictionary<string, string> { [name] = text });

        Assert.Equal(DeadLetterAttributes.From(new Dictionary<string, string>()), read);
    }
}
