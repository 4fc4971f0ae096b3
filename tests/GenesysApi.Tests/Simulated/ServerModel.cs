using GenesysApi.Budget;

namespace GenesysApi.Tests.Simulated;

/// <summary>
/// The platform's limiter, written from GENESYS.md alone: fixed windows of 60 s, opened by the first request after the last one
/// ended, one for each token and one for the client. It counts everything and forgives nothing.
/// </summary>
internal sealed class ServerModel
{
    public Func<TimeSpan, int> AllowedAt { get; init; } = _ => 300;

    public Windows Client { get; } = new();

    public Dictionary<string, Windows> Tokens { get; } = [];

    public int Refused { get; private set; }

    /// <summary>Calls that somebody else makes with the same client.</summary>
    public void CallByAnother(TimeSpan at) => Client.Count(at);

    public (bool Accepted, RateHeaders Headers) Call(string token, TimeSpan at)
    {
        if (!Tokens.TryGetValue(token, out var own))
        {
            Tokens[token] = own = new Windows();
        }

        var allowed = AllowedAt(at);
        var count = Math.Max(own.Count(at), Client.Count(at));
        var accepted = count <= allowed;
        Refused += accepted ? 0 : 1;

        // The header counts whole seconds, rounded up; a fresh window was seen to say 61.
        var reset = TimeSpan.FromSeconds(Math.Ceiling((Client.End - at).TotalSeconds) + 1);
        return (accepted, new RateHeaders(count, allowed, reset));
    }

    internal sealed class Windows
    {
        private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

        private readonly List<(TimeSpan Start, int Calls)> _all = [];

        public IReadOnlyList<(TimeSpan Start, int Calls)> All => _all;

        public TimeSpan End => _all[^1].Start + Length;

        public int Count(TimeSpan at)
        {
            if (_all.Count == 0 || at >= End)
            {
                _all.Add((at, 0));
            }

            _all[^1] = (_all[^1].Start, _all[^1].Calls + 1);
            return _all[^1].Calls;
        }
    }
}
