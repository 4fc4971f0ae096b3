namespace GenesysApi.Budget;

/// <summary>What the arithmetic needs to know of the configuration. The numbers that are not settings say why they are so.</summary>
public sealed record BudgetRules
{
    /// <summary>Calls a minute that the platform allows the OAuth client.</summary>
    public required int Limit { get; init; }

    /// <summary>Calls a minute that live work leaves to redrives and people.</summary>
    public required int Reserve { get; init; }

    /// <summary>How many processes share the client. It sets the first share of a newcomer and the share without a store.</summary>
    public required int Replicas { get; init; }

    /// <summary>How far two clocks may be apart. Only the end of a lease and of a block is ever read on another's clock.</summary>
    public TimeSpan SkewMax { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a holder writes: three of them make 30 writes a minute, of the 40 the item should bear.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Longer than two renewals: one lost write costs no call.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>As long as a lease: by then whoever was there before has renewed and made room.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the rate takes to climb back after a block of the whole API.</summary>
    public TimeSpan Ramp { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>With more holders each one writes less often, so that together they stay within the same number of writes.</summary>
    public TimeSpan RenewEveryFor(int holders) => RenewEvery * Stretch(holders);

    public TimeSpan LeaseFor(int holders) => Lease * Stretch(holders);

    /// <summary>
    /// Not without bound: holders that died count until their lease ends, and with leases that grow by the dead a crash loop would
    /// leave more of them each time. Twice the replicas there should be are a deployment in which all are there twice.
    /// </summary>
    private double Stretch(int holders) => Math.Max(1, Math.Min(holders, 2 * Replicas) / 3.0);
}
