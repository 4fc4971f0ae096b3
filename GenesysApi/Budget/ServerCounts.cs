namespace GenesysApi.Budget;

/// <summary>
/// What the server said it counted, by endpoint. It is believed over our own count where it says less is left: others may use
/// the client too. It never makes us faster.
/// </summary>
internal sealed class ServerCounts
{
    private readonly Dictionary<string, View> _views = new(StringComparer.Ordinal);

    /// <summary>
    /// What the server allows in a window. An endpoint with a smaller limit of its own does not speak for the others, as long as they
    /// were asked in the same window: an older answer may be from before the limit was lowered.
    /// </summary>
    public int? Allowed => _views.Count == 0 ? null : _views.Values.Max(view => view.Allowed);

    /// <summary>Calls left in the window of the last answer.</summary>
    public int? Remaining { get; private set; }

    public void Note(string endpoint, RateHeaders headers, TimeSpan now)
    {
        if (_views.TryGetValue(endpoint, out var before) && headers.Allowed < before.Allowed)
        {
            LowerAll(before.Allowed, headers.Allowed);
        }

        Remaining = Math.Max(0, headers.Allowed - headers.Count);
        foreach (var (ended, _) in _views.Where(view => view.Value.Ends <= now))
        {
            _views.Remove(ended);
        }

        _views[endpoint] = new View(headers.Allowed, Remaining.Value, now + headers.Reset);
    }

    /// <summary>A call that the last answer did not know of.</summary>
    public void Sent(string endpoint)
    {
        if (_views.TryGetValue(endpoint, out var view))
        {
            _views[endpoint] = view with { Left = view.Left - 1 };
        }
    }

    /// <summary>When the window ends, if so little of it is left that the other replicas' calls may already have used it.</summary>
    public TimeSpan? SpentUntil(string endpoint, int streams, TimeSpan now) =>
        _views.TryGetValue(endpoint, out var view) && view.Left <= streams && view.Ends > now ? view.Ends : null;

    /// <summary>The limit that an endpoint had is smaller now: of others that had the same, what was said earlier is out of date.</summary>
    private void LowerAll(int before, int allowed)
    {
        foreach (var (endpoint, view) in _views.Where(view => view.Value.Allowed == before).ToList())
        {
            _views[endpoint] = view with { Allowed = allowed };
        }
    }

    private sealed record View(int Allowed, int Left, TimeSpan Ends);
}
