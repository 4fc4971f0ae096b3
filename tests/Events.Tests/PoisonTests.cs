using System.Text.Json.Nodes;

namespace Events.Tests;

public sealed class PoisonTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("hello")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"detail\":{\"eventBody\":{\"a\":nul}}}")]
    [InlineData("\uFEFF{}")]
    public void What_is_no_JSON_is_not_json(string text)
    {
        Assert.Equal(PoisonReason.NotJson, Decode.Poison(text).Reason);
    }

    [Fact]
    public void What_is_no_UTF_8_is_not_json()
    {
        Assert.Equal(PoisonReason.NotJson, Decode.Poison([(byte)'"', 0xFF, (byte)'"']).Reason);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public void JSON_that_is_no_object_is_not_an_object(string json)
    {
        Assert.Equal(PoisonReason.NotAnObject, Decode.Poison(json).Reason);
    }

    [Theory]
    [InlineData("detail-type", "detail-type is missing")]
    [InlineData("source", "source is missing")]
    [InlineData("id", "id is missing")]
    [InlineData("detail", "detail is missing")]
    public void An_envelope_without_what_makes_it_one_is_no_envelope(string member, string detail)
    {
        var poison = EnvelopeBuilder.Of("acd-end").Without(member).DecodePoison();

        Assert.Equal(new Decoded.Poison(PoisonReason.NoEnvelope, detail), poison);
    }

    [Theory]
    [InlineData("detail-type", "{}", "detail-type is an object")]
    [InlineData("detail-type", "\"\"", "detail-type is a string that cannot be read")]
    [InlineData("source", "[1]", "source is an array")]
    [InlineData("id", "7", "id is a number")]
    [InlineData("id", "null", "id is missing")]
    [InlineData("detail", "true", "detail is a boolean")]
    [InlineData("detail", "[{}]", "detail is an array")]
    public void An_envelope_with_a_member_of_the_wrong_kind_is_no_envelope(string member, string json, string detail)
    {
        var poison = EnvelopeBuilder.Of("acd-end").WithRaw(member, json).DecodePoison();

        Assert.Equal(new Decoded.Poison(PoisonReason.NoEnvelope, detail), poison);
    }

    [Theory]
    [InlineData("version", "\"1\"")]
    [InlineData("version", "0")]
    [InlineData("detail.version", "\"3\"")]
    [InlineData("detail.version", "{}")]
    public void A_version_we_do_not_know_is_unsupported(string member, string json)
    {
        var poison = EnvelopeBuilder.Of("acd-end").WithRaw(member, json).DecodePoison();

        Assert.Equal(new Decoded.Poison(PoisonReason.UnsupportedVersion, member), poison);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("detail.version")]
    public void A_version_left_out_is_the_one_we_know(string member)
    {
        Assert.Equal(
            Decode.Event(Samples.Read("acd-end")).EventKey,
            EnvelopeBuilder.Of("acd-end").Without(member).Decode().EventKey
        );
    }

    [Theory]
    [InlineData("null", "detail.eventBody is missing")]
    [InlineData("[]", "detail.eventBody is an array")]
    [InlineData("\"{}\"", "detail.eventBody is a string that cannot be read")]
    public void A_detail_whose_body_is_no_object_has_no_event_body(string json, string detail)
    {
        var poison = EnvelopeBuilder.Of("acd-end").WithRaw("detail.eventBody", json).DecodePoison();

        Assert.Equal(new Decoded.Poison(PoisonReason.NoEventBody, detail), poison);
    }

    [Theory]
    [InlineData("acd-end", "detail.eventBody.conversationId")]
    [InlineData("transcription-ended", "detail.eventBody.conversationId")]
    [InlineData("analytics-conversation-metrics", "detail.eventBody.conversationId")]
    [InlineData("users-presence", "detail.topicName")]
    [InlineData("audit-user-presence", "detail.topicName")]
    public void An_event_that_does_not_say_what_it_is_about_misses_a_member(string name, string member)
    {
        var poison = EnvelopeBuilder.Of(name).Without(member).DecodePoison();

        Assert.Equal(new Decoded.Poison(PoisonReason.MissingMember, $"{member} is missing"), poison);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"\"")]
    [InlineData("[\"a\"]")]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("\"\\ud800\"")]
    public void An_id_that_cannot_be_a_key_is_an_invalid_member(string json)
    {
        var envelope = Samples
            .Lifecycle()[0]
            .Replace(
                "\"conversationId\":\"bc877f8f-d2b6-5e0c-b16f-9e167586ddca\"",
                $"\"conversationId\":{json}",
                StringComparison.Ordinal
            );

        Assert.Equal(PoisonReason.InvalidMember, Decode.Poison(envelope).Reason);
    }

    [Fact]
    public void An_id_too_long_for_a_key_is_an_invalid_member()
    {
        var poison = EnvelopeBuilder
            .Of("acd-end")
            .With("detail.eventBody.conversationId", new string('a', 3000))
            .DecodePoison();

        Assert.Equal(PoisonReason.InvalidMember, poison.Reason);
    }

    [Theory]
    [InlineData("v2.users.6aed.routingStatus")]
    [InlineData("v2.users..presence")]
    [InlineData("nonsense")]
    public void A_topic_name_that_is_not_of_the_topic_is_an_invalid_member(string topicName)
    {
        var poison = EnvelopeBuilder.Of("users-presence").With("detail.topicName", topicName).DecodePoison();

        Assert.Equal(
            new Decoded.Poison(PoisonReason.InvalidMember, "detail.topicName does not fit the detail-type"),
            poison
        );
    }

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-13-01T00:00:00Z\"")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("100000000000000")]
    [InlineData("1e400")]
    [InlineData("{}")]
    [InlineData("[1773928872120]")]
    [InlineData("true")]
    public void An_event_time_that_is_no_time_is_an_invalid_time(string json)
    {
        Assert.Equal(
            PoisonReason.InvalidTime,
            EnvelopeBuilder.Of("acd-end").WithRaw("detail.eventBody.eventTime", json).DecodePoison().Reason
        );
    }

    [Fact]
    public void Sixty_four_levels_are_not_too_deep_and_sixty_five_are()
    {
        static string Nested(int levels) =>
            EnvelopeBuilder
                .Of("acd-end")
                .Build()
                .Replace(
                    "\"eventBody\":{",
                    $"\"eventBody\":{{\"deep\":{new string('[', levels)}{new string(']', levels)},",
                    StringComparison.Ordinal
                );

        // Three levels are those of envelope, detail and body.
        Decode.Event(Nested(61));
        Assert.Equal(PoisonReason.TooDeep, Decode.Poison(Nested(62)).Reason);
    }

    [Fact]
    public void Depth_counts_outside_the_body_too()
    {
        var deep = $"{{\"resources\":{new string('[', 100)}{new string(']', 100)}}}";

        Assert.Equal(PoisonReason.TooDeep, Decode.Poison(deep).Reason);
    }

    [Fact]
    public void More_than_a_mebibyte_is_too_large()
    {
        static string Filled(int bytes)
        {
            var empty = EnvelopeBuilder.Of("acd-end").With("detail.eventBody.fill", "").Build();
            return EnvelopeBuilder
                .OfJson(empty)
                .With("detail.eventBody.fill", new string('x', bytes - empty.Length))
                .Build();
        }

        Decode.Event(Filled(EventDecoder.EnvelopeBytesMax));
        Assert.Equal(PoisonReason.TooLarge, Decode.Poison(Filled(EventDecoder.EnvelopeBytesMax + 1)).Reason);
    }

    [Fact]
    public void A_reason_never_holds_what_the_message_held()
    {
        const string Secret = "tel:+15555550100";
        var secretive = new[]
        {
            Secret,
            $"{{\"{Secret}\"}}",
            $"\"{Secret}\"",
            $"{{\"detail-type\":\"{Secret}\\n\"}}",
            EnvelopeBuilder.Of("acd-end").With("version", Secret).Build(),
            EnvelopeBuilder.Of("acd-end").With("detail.eventBody", Secret).Build(),
            EnvelopeBuilder.Of("acd-end").With("detail.eventBody.eventTime", Secret).Build(),
            EnvelopeBuilder.Of("acd-end").With("detail.eventBody.conversationId", new JsonArray(Secret)).Build(),
            EnvelopeBuilder.Of("users-presence").With("detail.topicName", Secret).Build(),
        };

        Assert.All(
            secretive,
            text => Assert.DoesNotContain(Secret, Decode.Poison(text).Detail, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Each_reason_has_a_code_of_its_own()
    {
        Assert.Equal(PoisonReason.All.Count, PoisonReason.All.Select(reason => reason.Code).Distinct().Count());
        Assert.All(PoisonReason.All, reason => Assert.Matches("^[a-z]+(-[a-z]+)*$", reason.Code));
    }
}
