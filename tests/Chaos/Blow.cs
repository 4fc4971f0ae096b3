namespace Chaos;

/// <summary>One thing that is done to the running system.</summary>
/// <param name="After">The pause before it.</param>
/// <param name="Lasts">How long it goes on, where it does.</param>
internal sealed record Blow(BlowKind Kind, TimeSpan After, TimeSpan Lasts, int Choice)
{
    /// <summary>The plan of a seed: as many blows as fit into the time.</summary>
    public static IEnumerable<Blow> Plan(int seed, TimeSpan duration)
    {
        var random = new Random(seed);
        var kinds = Enum.GetValues<BlowKind>();
        for (var at = TimeSpan.Zero; ; )
        {
            var blow = new Blow(
                kinds[random.Next(kinds.Length)],
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

internal enum BlowKind
{
    KillProcessor,
    StopProcessor,
    RestartProcessor,
    KillIngestor,
    StopIngestor,
    CutSqs,
    CutDynamoDb,
    ThrottleSqs,
    ThrottleDynamoDb,
}
