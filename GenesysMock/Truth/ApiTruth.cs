using GenesysMock.Login;

namespace GenesysMock.Truth;

/// <summary>How a request to the API ended.</summary>
internal enum Answered
{
    /// <summary>As asked, or with an error that the request deserved.</summary>
    Ordinarily,
    Unauthorized,

    /// <summary>With 429.</summary>
    Refused,

    /// <summary>By a fault that was ordered.</summary>
    Faulted,
}

/// <summary>What the API was asked, counted by the one who cannot be wrong about it.</summary>
internal sealed class ApiTruth
{
    private const int IdsMax = 200_000;
    private const int PatchedMax = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Answered, long> _answers = [];
    private readonly Dictionary<int, long> _statuses = [];
    private readonly Dictionary<string, long> _endpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _fetched = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Conversation, string Participant), PatchedParticipant> _patched = [];
    private readonly WriteLog _writes = new();
    private readonly WindowLog _tokenWindows = new();
    private readonly WindowLog _clientWindows = new();
    private long _minted;
    private long _throttled;
    private long _refusedLogins;

    public void TokenMinted() => Interlocked.Increment(ref _minted);

    public void TokenThrottled() => Interlocked.Increment(ref _throttled);

    public void LoginRefused() => Interlocked.Increment(ref _refusedLogins);

    public void Asked(string endpoint, int status, Answered answered)
    {
        lock (_lock)
        {
            _answers[answered] = _answers.GetValueOrDefault(answered) + 1;
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            _endpoints[endpoint] = _endpoints.GetValueOrDefault(endpoint) + 1;
        }
    }

    /// <summary>A request, in the window of its token and in that of its client.</summary>
    public void Counted(IssuedToken token, DateTimeOffset tokenWindow, DateTimeOffset clientWindow, bool refused)
    {
        lock (_lock)
        {
            _tokenWindows.Count(token.Alias, tokenWindow, refused);
            _clientWindows.Count(token.ClientId, clientWindow, refused);
        }
    }

    /// <summary>Conversations that were asked for by id, whether they were found or not.</summary>
    public void Fetched(IEnumerable<string> conversationIds)
    {
        lock (_lock)
        {
            foreach (var id in conversationIds)
            {
                if (_fetched.Count < IdsMax || _fetched.ContainsKey(id))
                {
                    _fetched[id] = _fetched.GetValueOrDefault(id) + 1;
                }
            }
        }
    }

    /// <summary>A conversation whose attributes somebody looked at.</summary>
    public void Read(string conversationId)
    {
        lock (_lock)
        {
            _writes.Read(conversationId);
        }
    }

    /// <param name="repeated">Whether every value was there already: an effect that was had twice.</param>
    public void Patched(
        string conversationId,
        string participantId,
        IReadOnlyDictionary<string, string> values,
        bool repeated
    )
    {
        lock (_lock)
        {
            foreach (var (name, value) in values)
            {
                _writes.Write(conversationId, participantId, name, value);
            }

            var key = (conversationId, participantId);
            var known = _patched.GetValueOrDefault(key) ?? new PatchedParticipant(conversationId, participantId, 0, 0);
            if (_patched.Count < PatchedMax || known.Patches > 0)
            {
                _patched[key] = known with
                {
                    Patches = known.Patches + 1,
                    Repeated = known.Repeated + (repeated ? 1 : 0),
                };
            }
        }
    }

    public ApiTruthSnapshot Snapshot()
    {
        lock (_lock)
        {
            return new ApiTruthSnapshot(
                new TokenCounts(_minted, _throttled, _refusedLogins),
                Requests: _answers.Values.Sum(),
                Refused: _answers.GetValueOrDefault(Answered.Refused),
                Unauthorized: _answers.GetValueOrDefault(Answered.Unauthorized),
                Faulted: _answers.GetValueOrDefault(Answered.Faulted),
                MostInOneWindow: _tokenWindows.Most,
                MostInOneClientWindow: _clientWindows.Most,
                Windows: _tokenWindows.All,
                ClientWindows: _clientWindows.All,
                Statuses: new SortedDictionary<int, long>(_statuses),
                Endpoints: new SortedDictionary<string, long>(_endpoints, StringComparer.Ordinal),
                IdsFetched: _fetched.Count,
                IdsFetchedMoreThanOnce: _fetched.Values.Count(times => times > 1),
                Patched: [.. _patched.Values],
                Written: _writes.All
            );
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _answers.Clear();
            _statuses.Clear();
            _endpoints.Clear();
            _fetched.Clear();
            _patched.Clear();
            _writes.Clear();
            _tokenWindows.Clear();
            _clientWindows.Clear();
            (_minted, _throttled, _refusedLogins) = (0, 0, 0);
        }
    }
}
