namespace Events.Tests;

public sealed class EventTimeTests
{
    private static readonly DateTimeOffset HalfPast = new(2026, 3, 19, 14, 30, 0, 120, TimeSpan.Zero);

    [Theory]
    [InlineData("1773930600120")]
    [InlineData("\"2026-03-19T14:30:00.120Z\"")]
    [InlineData("\"2026-03-19T14:30:00.12Z\"")]
    [InlineData("\"2026-03-19T14:30:00.1209999Z\"")]
    [InlineData("\"2026-03-19T14:30:00.120\"")]
    [InlineData("\"2026-03-19T16:30:00.120+02:00\"")]
    [InlineData("\"2026-03-19T16:30:00.120+0200\"")]
    [InlineData("\"2026-03-19T09:30:00.120-05:00\"")]
    public void Every_spelling_of_a_moment_is_read_to_the_millisecond(string json)
    {
        Assert.Equal(
            HalfPast,
            EnvelopeBuilder.Of("acd-end").WithRaw("detail.eventBody.eventTime", json).Decode().EventTime
        );
    }

    [Theory]
    [InlineData("0", "00000000000000#")]
    [InlineData("99999999999999", "99999999999999#")]
    public void A_sort_key_begins_with_fourteen_digits(string milliseconds, string beginning)
    {
        var decoded = EnvelopeBuilder.Of("acd-end").WithRaw("detail.eventBody.eventTime", milliseconds).Decode();

        Assert.StartsWith(beginning, decoded.SortKey, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users-routingStatus", "2026-03-19T14:01:12.120Z")]
    [InlineData("users-activity", "2026-03-19T14:06:40.120Z")]
    [InlineData("analytics-conversation-metrics", "2026-03-19T14:01:12.120Z")]
    [InlineData("analytics-queue-observations", "2026-03-19T14:01:00.120Z")]
    public void A_body_without_an_event_time_says_in_its_own_way_when_it_was(string name, string time)
    {
        Assert.Equal(DateTimeOffset.Parse(time, null), Decode.Event(Samples.Read(name)).EventTime);
    }

    [Theory]
    [InlineData("acd-end", "eventTime")]
    [InlineData("users-presence", "modifiedDate")]
    public void A_body_that_says_nothing_of_time_happened_when_it_was_published(string name, string member)
    {
        var decoded = EnvelopeBuilder.Of(name).Without($"detail.eventBody.{member}").Decode();

        Assert.Equal(decoded.PublishedAt, decoded.EventTime);
    }

    [Theory]
    [InlineData("2026-03-19T14:30:00.120Z", "2026-03-19T14:30:00.120Z")]
    [InlineData("whenever", "2026-03-19T14:01:12.000Z")]
    public void The_envelope_says_when_it_was_published_where_the_detail_does_not(string timestamp, string published)
    {
        var decoded = EnvelopeBuilder.Of("acd-end").With("detail.timestamp", timestamp).Decode();

        Assert.Equal(DateTimeOffset.Parse(published, null), decoded.PublishedAt);
    }

    [Fact]
    public void An_event_that_nobody_dated_has_an_invalid_time()
    {
        var poison = EnvelopeBuilder
            .Of("acd-end")
            .Without("time")
            .Without("detail.timestamp")
            .Without("detail.eventBody.eventTime")
            .DecodePoison();

        Assert.Equal(PoisonReason.InvalidTime, poison.Reason);
    }

    [Fact]
    public void An_event_time_of_null_is_one_left_out()
    {
        var decoded = EnvelopeBuilder.Of("acd-end").With("detail.eventBody.eventTime", null).Decode();

        Assert.Equal(decoded.PublishedAt, decoded.EventTime);
    }
}
