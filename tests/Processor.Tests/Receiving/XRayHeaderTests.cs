using Processor.Receiving;

namespace Processor.Tests.Receiving;

public sealed class XRayHeaderTests
{
    [Theory]
    [InlineData(
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
        "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01"
    )]
    [InlineData(
        "Sampled=0; Parent=53995c3f42cd8ad8; Root=1-5759e988-bd862e3fe1be46a994272793; Lineage=a:0",
        "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-00"
    )]
    public void It_is_the_parent_in_other_words(string header, string traceParent) =>
        Assert.Equal(traceParent, XRayHeader.ToTraceParent(header));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1")]
    [InlineData("Root=2-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a99427279Z;Parent=53995c3f42cd8ad8")]
    [InlineData("hello")]
    public void What_is_no_parent_is_none(string? header) => Assert.Null(XRayHeader.ToTraceParent(header));

    [Fact]
    public void The_attribute_of_our_own_services_comes_first()
    {
        var message = new ReceivedMessage("m", "h", "{}", 1, DateTimeOffset.UnixEpoch)
        {
            Attributes = new Dictionary<string, string> { ["traceparent"] = "00-1-2-01" },
            TraceHeader = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
        };

        Assert.Equal("00-1-2-01", message.TraceParent);
        Assert.Equal(
            "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01",
            (message with { Attributes = new Dictionary<string, string>() }).TraceParent
        );
    }
}
