namespace GenesysMock.Truth;

/// <summary>The truth about the API at one moment.</summary>
/// <param name="Refused">Requests answered with 429.</param>
/// <param name="Faulted">Requests that met an ordered fault.</param>
/// <param name="MostInOneWindow">The most requests that one token sent in one of its windows, refused ones included.</param>
/// <param name="IdsFetchedMoreThanOnce">Conversations that were asked for again.</param>
internal sealed record ApiTruthSnapshot(
    TokenCounts Tokens,
    long Requests,
    long Refused,
    long Unauthorized,
    long Faulted,
    int MostInOneWindow,
    IReadOnlyList<TokenWindow> Windows,
    IReadOnlyDictionary<int, long> Statuses,
    IReadOnlyDictionary<string, long> Endpoints,
    int IdsFetched,
    int IdsFetchedMoreThanOnce,
    IReadOnlyList<PatchedParticipant> Patched
);

/// <param name="Throttled">Logins refused for rate.</param>
/// <param name="Refused">Logins refused for any other reason.</param>
internal sealed record TokenCounts(long Minted, long Throttled, long Refused);

/// <summary>One window of one token, opened by its first request.</summary>
internal sealed record TokenWindow(string Token, string Client, DateTimeOffset Opened, int Requests, int Refused);

/// <param name="Repeated">Patches that changed nothing, for every value was there already.</param>
internal sealed record PatchedParticipant(string ConversationId, string ParticipantId, int Patches, int Repeated);
