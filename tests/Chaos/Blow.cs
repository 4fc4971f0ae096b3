namespace Chaos;

/// <summary>One thing that is done to the running system.</summary>
/// <param name="After">The pause before it.</param>
/// <param name="Lasts">How long it goes on, where it does.</param>
/// <param name="Choice">Whom it hits, where there are several.</param>
internal sealed record Blow(BlowKind Kind, TimeSpan After, TimeSpan Lasts, int Choice)
{
    /// <summary>
    /// The plan of a seed: as many blows as fit into the time. The kinds are dealt in rounds, each in an order of its own, so that
    /// none is left out for longer than two rounds take.
    /// </summary>
    public static IEnumerable<Blow> Plan(int seed, TimeSpan duration)
    {
        var random = new Random(seed);
        var at = TimeSpan.Zero;
        while (true)
        {
            var round = Enum.GetValues<BlowKind>();
            random.Shuffle(round);
            foreach (var kind in round)
            {
                var blow = new Blow(
                    kind,
                    TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 3)),
                    TimeSpan.FromSeconds(0.5 + (random.NextDouble() * random.NextDouble() * 8)),
                    random.Next()
                );
                at += blow.After;
                if (at >= duration)
                {
                    yield break;
                }

                yield return blow;
            }
        }
    }
}

internal enum BlowKind
{
    KillProcessor,
    StopProcessor,
    RestartProcessor,
    KillIngestor,
    StopIngestor,
    RestartIngestor,
    CutSqs,
    CutDynamoDb,
    ThrottleSqs,
    ThrottleDynamoDb,
}
