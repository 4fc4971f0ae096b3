namespace Events.Tests;

public sealed class SampleEventsTests
{
    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_sample_is_an_event_of_a_known_topic(string name)
    {
        var e = Decode.Event(Samples.Read(name));
        Assert.True(e.Topic.IsKnown);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{e.Subject} {e.SortKey} {e.PublishedAt:O} {e.CorrelationId} {e.ConversationId} {e.EventTime:O}"
        );
    }
}
