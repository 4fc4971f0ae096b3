using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Directory;
using Testing;

namespace Processor.Tests.Enrichment;

using Details = IReadOnlyList<ConversationDetails>;

/// <summary>The API at our own seam: it takes a permit for each call as the client does, and answers as the test says.</summary>
internal sealed class SimulatedGenesys(SimulatedWorld world, ApiBudget budget, TimeProvider time) : IGenesysApi
{
    public List<IReadOnlyCollection<string>> Calls { get; } = [];

    /// <summary>What is told of a conversation; nothing leaves it out of the answer.</summary>
    public Func<string, ConversationDetails?> Tell { get; set; } =
        id => TimelineSamples.Details with { ConversationId = id };

    /// <summary>An answer to the whole call instead.</summary>
    public Func<IReadOnlyCollection<string>, ApiOutcome<Details>?> Answer { get; set; } = _ => null;

    /// <summary>How much longer than usual an answer takes.</summary>
    public TimeSpan Takes { get; set; }

    public async Task<ApiOutcome<Details>> GetConversationDetailsAsync(
        IReadOnlyCollection<string> conversationIds,
        BudgetClass @class,
        CancellationToken cancellationToken
    )
    {
        switch (await budget.TakeAsync(@class, GenesysEndpoints.ConversationDetails, cancellationToken))
        {
            case Permit.Empty empty:
                return new ApiOutcome<Details>.Deferred(empty.Until, "budget empty", "budget");
            case Permit.Blocked blocked:
                return new ApiOutcome<Details>.Deferred(blocked.Until, "budget blocked", blocked.By);
        }

        Calls.Add(conversationIds);
        await Task.Delay(Takes + TimeSpan.FromMilliseconds(50 + world.Random.Next(200)), time, cancellationToken);
        return Answer(conversationIds)
            ?? new ApiOutcome<Details>.Answered([.. conversationIds.Select(Tell).OfType<ConversationDetails>()]);
    }

    /// <summary>What the client does with a 429.</summary>
    public async Task<ApiOutcome<Details>> RefuseForAsync(TimeSpan retryAfter)
    {
        var until = await budget.BlockAsync(BudgetBlock.Everything, retryAfter, "limit", CancellationToken.None);
        return new ApiOutcome<Details>.Deferred(until, "rate limited", "limit");
    }

    public Task<ApiOutcome<Conversation>> GetConversationAsync(
        string conversationId,
        DateTimeOffset lastHeardOf,
        BudgetClass @class,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<ApiOutcome<Done>> PatchParticipantAttributesAsync(
        string conversationId,
        string participantId,
        IReadOnlyDictionary<string, string> attributes,
        DateTimeOffset lastHeardOf,
        DateTimeOffset notAfter,
        BudgetClass @class,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<ApiOutcome<ConversationDetailsPage>> QueryConversationDetailsAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        int pageNumber,
        BudgetClass @class,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<ApiOutcome<IReadOnlyList<User>>> GetUsersAsync(
        IReadOnlyCollection<string> userIds,
        BudgetClass @class,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<ApiOutcome<IReadOnlyList<Queue>>> GetQueuesAsync(
        IReadOnlyCollection<string> queueIds,
        BudgetClass @class,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}
