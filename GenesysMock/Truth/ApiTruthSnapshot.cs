namespace GenesysMock.Truth;

/// <summary>The truth about the API at one moment.</summary>
/// <param name="Refused">Requests answered with 429.</param>
/// <param name="Faulted">Requests that met an ordered fault.</param>
/// <param name="MostInOneWindow">The most requests that one token sent in one of its windows, refused ones included.</param>
/// <param name="MostInOneClientWindow">The same over all tokens of a client.</param>
/// <param name="IdsFetchedMoreThanOnce">Conversations that were asked for again.</param>
internal sealed record ApiTruthSnapshot(
    TokenCounts Tokens,
    long Requests,
    long Refused,
    long Unauthorized,
    long Faulted,
    int MostInOneWindow,
    int MostInOneClientWindow,
    IReadOnlyList<CountedWindow> Windows,
    IReadOnlyList<CountedWindow> ClientWindows,
    IReadOnlyDictionary<int, long> Statuses,
    IReadOnlyDictionary<string, long> Endpoints,
    int IdsFetched,
    int IdsFetchedMoreThanOnce,
    IReadOnlyList<PatchedParticipant> Patched,
    IReadOnlyList<WrittenAttribute> Written
);

/// <param name="Throttled">Logins refused for rate.</param>
/// <param name="Refused">Logins refused for any other reason.</param>
internal sealed record TokenCounts(long Minted, long Throttled, long Refused);

/// <param name="Repeated">Patches that changed nothing, for every value was there already.</param>
internal sealed record PatchedParticipant(string ConversationId, string ParticipantId, int Patches, int Repeated);

/// <summary>One value of one attribute of one participant.</summary>
/// <param name="Times">How often exactly this was written.</param>
/// <param name="Looked">Whether somebody had read the conversation before the first time, and so found it not there.</param>
internal sealed record WrittenAttribute(
    string ConversationId,
    string ParticipantId,
    string Name,
    string Value,
    int Times,
    bool Looked
);
