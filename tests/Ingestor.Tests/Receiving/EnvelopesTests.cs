using System.Text;
using Ingestor.Receiving;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.Receiving;

public sealed class EnvelopesTests
{
    [Fact]
    public void An_object_is_one_slice()
    {
        var body = $"\n {AnEnvelope.With()} ";

        var slices = Assert.IsType<EnvelopesFound.Slices>(Find(body));

        Assert.Equal(AnEnvelope.With(), Cut(body, Assert.Single(slices.Items)));
        Assert.False(slices.InArray);
    }

    [Fact]
    public void An_array_has_a_slice_for_each_element_good_or_not()
    {
        var body = AnEnvelope.ArrayOf(AnEnvelope.With("a"), "[1,{\"source\":2}]", "null", AnEnvelope.With("b"));

        var slices = Assert.IsType<EnvelopesFound.Slices>(Find(body));

        Assert.Equal([false, true, true, false], slices.Items.Select(slice => slice.Fault is not null));
        Assert.Equal(AnEnvelope.With("b"), Cut(body, slices.Items[3]));
    }

    [Theory]
    [InlineData("""{"source":"s","detail":{}}""", "'detail-type' is missing")]
    [InlineData("""{"detail-type":"t","detail":{}}""", "'source' is missing")]
    [InlineData("""{"detail-type":"t","source":"s"}""", "'detail' is missing")]
    [InlineData("""{"detail-type":7,"source":"s","detail":{}}""", "'detail-type' is not a string")]
    [InlineData("""{"detail-type":"t","source":null,"detail":{}}""", "'source' is not a string")]
    [InlineData("""{"detail-type":"t","source":"s","detail":"{}"}""", "'detail' is not an object")]
    [InlineData("""{"detail-type":"t","source":"s","detail":[]}""", "'detail' is not an object")]
    [InlineData("""{"detail-type":"t","source":"s","detail":{},"detail":{}}""", "'detail' stands there twice")]
    [InlineData("""{"detail":{"detail-type":"t","source":"s","detail":{}}}""", "'detail-type' is missing")]
    [InlineData("""{"Detail-Type":"t","source":"s","detail":{}}""", "'detail-type' is missing")]
    public void What_an_envelope_lacks_is_named(string body, string fault)
    {
        var slices = Assert.IsType<EnvelopesFound.Slices>(Find(body));

        Assert.Contains(fault, Assert.Single(slices.Items).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_escaped_member_name_is_the_same_name()
    {
        var slices = Assert.IsType<EnvelopesFound.Slices>(
            Find("""{"\u0064etail-type":"t","sour\u0063e":"s","detail":{}}""")
        );

        Assert.Null(Assert.Single(slices.Items).Fault);
    }

    [Fact]
    public void What_an_envelope_need_not_have_it_need_not_have()
    {
        var slices = Assert.IsType<EnvelopesFound.Slices>(
            Find("""{"detail":{},"source":"","detail-type":"","version":9}""")
        );

        Assert.Null(Assert.Single(slices.Items).Fault);
    }

    [Fact]
    public void More_events_than_allowed_are_too_many() =>
        Assert.IsType<EnvelopesFound.TooMany>(Find(AnEnvelope.ArrayOf(Enumerable.Repeat("{}", 101))));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("[{},]")]
    [InlineData("{} {}")]
    [InlineData("""{"d\ud800etail-type":1}""")]
    public void What_holds_no_event_is_malformed(string body) => Assert.IsType<EnvelopesFound.Malformed>(Find(body));

    private static EnvelopesFound Find(string body) => Envelopes.Find(Encoding.UTF8.GetBytes(body), eventsMax: 100);

    private static string Cut(string body, EnvelopeSlice slice) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(body).AsSpan(slice.Start, slice.Length));
}
