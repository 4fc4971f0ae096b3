using System.Text;
using Ingestor.PutEvents;

namespace Ingestor.Tests.PutEvents;

public sealed class EntrySizeTests
{
    [Theory]
    [InlineData("""{"Source":"abc","DetailType":"de","Detail":"{}"}""", 7)]
    [InlineData("""{"Source":"abc","DetailType":"de","Detail":"{}","Time":1}""", 21)]
    [InlineData("""{"Source":"abc","DetailType":"de","Detail":"{}","Resources":["arn:1","é"]}""", 14)]
    [InlineData("""{"Source":"\u00e9🙂","DetailType":"\"","Detail":"{\"a\":1}"}""", 14)]
    [InlineData("""{"Source":"abc","EventBusName":"a-bus-with-a-long-name","TraceHeader":"Root=1"}""", 3)]
    [InlineData("{}", 0)]
    public void An_entry_has_the_size_the_service_counts(string entry, int size) =>
        Assert.Equal(size, Only(entry).Size);

    [Fact]
    public void A_request_of_exactly_one_mebibyte_is_not_over_the_limit() =>
        Assert.IsType<PutEventsRequest.Entries>(Read(OfSize(PutEventsReader.RequestBytesMax)));

    [Fact]
    public void One_byte_more_is_over_the_limit()
    {
        var invalid = Assert.IsType<PutEventsRequest.Invalid>(Read(OfSize(PutEventsReader.RequestBytesMax + 1)));

        Assert.Equal("ValidationException", invalid.Code);
        Assert.Equal("Total size of the entries in the request is over the limit.", invalid.Message);
    }

    [Fact]
    public void It_is_the_sum_of_the_entries_that_counts()
    {
        var half = $$"""{"Source":"s","Detail":"{{new string('x', PutEventsReader.RequestBytesMax / 2)}}"}""";

        Assert.IsType<PutEventsRequest.Invalid>(Read($$"""{"Entries":[{{half}},{{half}}]}"""));
    }

    private static string OfSize(int bytes) =>
        $$"""{"Entries":[{"Source":"s","DetailType":"t","Time":1,"Detail":"{{new string('x', bytes - 16)}}"}]}""";

    private static PutEventsEntry Only(string entry) =>
        Assert.IsType<PutEventsRequest.Entries>(Read($$"""{"Entries":[{{entry}}]}""")).Items.Single();

    private static PutEventsRequest Read(string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        return PutEventsReader.Read(utf8, new byte[utf8.Length]);
    }
}
