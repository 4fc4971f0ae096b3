using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Directory;

namespace GenesysApi;

/// <summary>The part of the Genesys Cloud API that the product uses. Failures of the world are outcomes, never exceptions.</summary>
public interface IGenesysApi
{
    /// <summary>One call for up to <see cref="GenesysLimits.IdsMax"/> conversations; unknown ones are missing from the answer.</summary>
    Task<ApiOutcome<IReadOnlyList<ConversationDetails>>> GetConversationDetailsAsync(
        IReadOnlyCollection<string> conversationIds,
        BudgetClass @class,
        CancellationToken cancellationToken
    );

    /// <param name="conversationId">The conversation.</param>
    /// <param name="lastHeardOf">When it last did something, as far as we know: a young one is "not yet" known, an old one never.</param>
    Task<ApiOutcome<Conversation>> GetConversationAsync(
        string conversationId,
        DateTimeOffset lastHeardOf,
        BudgetClass @class,
        CancellationToken cancellationToken
    );

    /// <summary>Has an effect, and emits an <c>attributes</c> event: a handler of that event must know its own.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="participantId">Whose attributes.</param>
    /// <param name="attributes">Those to write; others stay as they are.</param>
    /// <param name="lastHeardOf">When the conversation last did something: a young one is "not yet" known, an old one never.</param>
    /// <param name="notAfter">
    /// From then on it is not handed to the connection any more. A token says the same sooner or later: of a process that stood still, the call may go on before its
    /// token is cancelled.
    /// </param>
    Task<ApiOutcome<Done>> PatchParticipantAttributesAsync(
        string conversationId,
        string participantId,
        IReadOnlyDictionary<string, string> attributes,
        DateTimeOffset lastHeardOf,
        DateTimeOffset notAfter,
        BudgetClass @class,
        CancellationToken cancellationToken
    );

    /// <summary>A page of the conversations that started in [<paramref name="from"/>, <paramref name="to"/>), oldest first.</summary>
    Task<ApiOutcome<ConversationDetailsPage>> QueryConversationDetailsAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        int pageNumber,
        BudgetClass @class,
        CancellationToken cancellationToken
    );

    Task<ApiOutcome<IReadOnlyList<User>>> GetUsersAsync(
        IReadOnlyCollection<string> userIds,
        BudgetClass @class,
        CancellationToken cancellationToken
    );

    Task<ApiOutcome<IReadOnlyList<Queue>>> GetQueuesAsync(
        IReadOnlyCollection<string> queueIds,
        BudgetClass @class,
        CancellationToken cancellationToken
    );
}

/// <summary>Limits that the platform sets on one call.</summary>
public static class GenesysLimits
{
    public const int IdsMax = 100;

    public const int PageSizeMax = 100;

    /// <summary>The longest interval of a details query.</summary>
    public static readonly TimeSpan IntervalMax = TimeSpan.FromDays(7);
}

/// <summary>The endpoints as the budget, the metrics and the logs name them.</summary>
public static class GenesysEndpoints
{
    public const string ConversationDetails = "analytics.conversations.details";
    public const string ConversationDetailsQuery = "analytics.conversations.details.query";
    public const string Conversation = "conversations";
    public const string ParticipantAttributes = "conversations.participants.attributes";
    public const string Users = "users";
    public const string Queues = "routing.queues";
}
