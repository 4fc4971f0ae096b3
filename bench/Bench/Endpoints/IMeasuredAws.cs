namespace Bench.Endpoints;

/// <summary>SQS and DynamoDB that count what they are asked. Whoever drains them cannot tell one kind from the other.</summary>
internal interface IMeasuredAws : IAsyncDisposable
{
    RequestCounts Counts { get; }

    /// <summary>What a program needs in its environment, ours by the product's names and the peers by their own.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Puts messages into the queue.</summary>
    Task LoadAsync(IReadOnlyList<string> bodies);

    /// <summary>How many events the table holds.</summary>
    Task<int> RecordedAsync();

    /// <summary>How many messages the queue of events holds, hidden ones among them.</summary>
    Task<int> LeftAsync();

    /// <summary>How many messages the queue of dead letters holds.</summary>
    Task<int> DeadLettersAsync();
}
