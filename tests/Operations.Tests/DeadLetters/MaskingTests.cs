using Operations.DeadLetters;

namespace Operations.Tests.DeadLetters;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("tel:+15555550100")]
    [InlineData("Refund promised")]
    [InlineData("jane.doe@example.com")]
    [InlineData("Jane")]
    [InlineData("SMITH")]
    [InlineData("1984-05-17")]
    [InlineData("4711")]
    [InlineData("P4915112345")]
    public void What_may_tell_of_a_person_is_hidden(string personal)
    {
        var masked = Masking.Of($$"""{"detail":{"eventBody":{"anything":"{{personal}}"} } }""");

        Assert.DoesNotContain(personal, masked, StringComparison.Ordinal);
        Assert.Contains(Masking.Mask, masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "bc877f8f-d2b6-5e0c-b16f-9e167586ddca")]
    [InlineData("a", "2026-03-19T14:06:38.400Z")]
    [InlineData("direction", "INBOUND")]
    [InlineData("disconnectType", "TRANSFER")]
    [InlineData("metricDate", "2026-03-19")]
    [InlineData("a", "v2.detail.events.conversation.{id}.wrapup")]
    public void Ids_times_and_codes_stay(string name, string harmless)
    {
        var masked = Masking.Of($$"""{"{{name}}":["{{harmless}}"],"eventTime":1773929198120}""");

        Assert.Contains(harmless, masked, StringComparison.Ordinal);
        Assert.Contains("1773929198120", masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ani": 15555550100}""", "15555550100")]
    [InlineData("""{"queueName": "SALES"}""", "SALES")]
    [InlineData("""{"msisdn": 4915112345678}""", "4915112345678")]
    [InlineData("""{"msisdn": 4.915112345678E12}""", "4.915112345678")]
    [InlineData("""{"dateOfBirth": "1984-05-17"}""", "1984")]
    [InlineData("this is no JSON: +1 555 555 0100 from SMITH", "0100")]
    [InlineData("this is no JSON: +1 555 555 0100 from SMITH", "SMITH")]
    [InlineData("""{"Jane Doe": true}""", "Jane")]
    [InlineData("this is no JSON: +1 555 555 0100 from jane@example.com", "jane@example.com")]
    [InlineData("""{"a":"Jane","a":"Joe"}""", "Joe")]
    public void Names_numbers_and_broken_text_hide_nobody(string body, string personal) =>
        Assert.DoesNotContain(personal, Masking.Of(body), StringComparison.Ordinal);

    [Fact]
    public void A_sample_keeps_no_number_and_no_note()
    {
        var masked = Masking.Of(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "eb-wrapup.json")));

        Assert.DoesNotContain("5555550", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("Refund", masked, StringComparison.Ordinal);
        Assert.Contains("bc877f8f-d2b6-5e0c-b16f-9e167586ddca", masked, StringComparison.Ordinal);
    }
}
