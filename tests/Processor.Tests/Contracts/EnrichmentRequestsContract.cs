using Processor.Announcing;

namespace Processor.Tests.Contracts;

/// <summary>What announcing relies on in the queue of enrichment.</summary>
public abstract class EnrichmentRequestsContract
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private protected abstract Task<IEnrichmentRequests> NewRequestsAsync();

    private protected abstract Task<IEnrichmentRequests> NewMissingRequestsAsync();

    private protected abstract Task<IReadOnlyList<string>> ReadAllAsync();

    [Fact]
    public async Task Ten_conversations_go_in_one_call_and_each_is_a_request_of_its_own()
    {
        var requests = await NewRequestsAsync();
        string[] conversationIds = [.. Enumerable.Range(0, 10).Select(index => $"conversation \"{index}\" ä")];

        var sent = await requests.SendAsync(conversationIds, TimeSpan.Zero, CancellationToken);

        Assert.Equal(Enumerable.Repeat(true, 10), sent);
        Assert.Equal(conversationIds, (await ReadAllAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_takes_none()
    {
        var requests = await NewMissingRequestsAsync();

        var sent = await requests.SendAsync(["1", "2"], TimeSpan.Zero, CancellationToken);

        Assert.Equal([false, false], sent);
    }
}
