namespace Ingestor.PutEvents;

/// <summary>What came of reading the body of a PutEvents call.</summary>
internal abstract record PutEventsRequest
{
    private PutEventsRequest() { }

    internal sealed record Entries(List<PutEventsEntry> Items) : PutEventsRequest;

    /// <summary>The whole request fails, with the service's name for it.</summary>
    internal sealed record Invalid(string Code, string Message) : PutEventsRequest;
}
