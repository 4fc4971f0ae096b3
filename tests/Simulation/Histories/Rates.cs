namespace Simulation.Histories;

/// <summary>How likely each fault is for one call, as the seed has it.</summary>
internal sealed record Rates
{
    public required TimeSpan LatencyMax { get; init; }

    public required CallRates Queue { get; init; }

    public required CallRates Table { get; init; }

    public required CallRates Claims { get; init; }

    public required CallRates Attempts { get; init; }

    public required CallRates DeadLetters { get; init; }

    public required CallRates Enrichment { get; init; }

    public required CallRates Summaries { get; init; }

    public required CallRates Budget { get; init; }

    /// <summary>A receive brings a message twice.</summary>
    public required double Twin { get; init; }

    /// <summary>A message that was handed out stays visible to others.</summary>
    public required double Redelivery { get; init; }

    public required double EmptyReceive { get; init; }

    /// <summary>The API asks us to wait: by seconds, by date, by hours, or without saying how long.</summary>
    public required double Throttled { get; init; }

    /// <summary>The first of those asks for an hour or two.</summary>
    public required bool ForHours { get; init; }

    public required double Unauthorized { get; init; }

    public required double ServerError { get; init; }

    /// <summary>No connection: the request surely did not arrive.</summary>
    public required double Unreachable { get; init; }

    /// <summary>It was done, and the answer is lost or never comes.</summary>
    public required double LostAfterEffect { get; init; }

    public required double Late { get; init; }

    /// <summary>What is slow on the way arrives all the same, and always before a claim of its sender ends.</summary>
    public required TimeSpan LateMax { get; init; }

    public required double NotFound { get; init; }

    public required double TokenFailure { get; init; }

    /// <summary>A call that is sent has half of its time left: an answer within that is no failure.</summary>
    private static readonly TimeSpan InGoodTime = TimeSpan.FromSeconds(1.5);

    public static Rates Of(Random random, bool onlyThrottles, bool isCalm, bool isSlow)
    {
        // Of a claim that cannot be completed nobody knows whether the effect happened: that is a failure, not a wait.
        var hard = onlyThrottles ? 0 : 1;
        return new Rates
        {
            LatencyMax = TimeSpan.FromMilliseconds(Plan.Pick(random, 0, 20, 100, 400)),
            Queue = CallRates.Of(random, isCalm ? 0 : 0.08),
            Table = CallRates.Of(random, 0.15),
            Claims = CallRates.Of(random, 0.1 * hard),
            Attempts = CallRates.Of(random, 0.1),
            DeadLetters = CallRates.Of(random, 0.4),
            Enrichment = CallRates.Of(random, 0.1),
            Summaries = CallRates.Of(random, 0.1),
            Budget = CallRates.Of(random, 0.4),
            Twin = Plan.Rate(random, 0.5, 0.1),
            Redelivery = Plan.Rate(random, 0.5, isCalm ? 0 : 0.2),
            EmptyReceive = Plan.Rate(random, 0.3, 0.3),
            Throttled = Plan.Rate(random, 0.5, 0.2),
            ForHours = random.Next(40) == 0,
            Unauthorized = Plan.Rate(random, 0.3, onlyThrottles ? 0.3 : 0.1),
            ServerError = hard * Plan.Rate(random, 0.5, 0.3),
            Unreachable = hard * Plan.Rate(random, 0.3, 0.2),
            LostAfterEffect = hard * Plan.Rate(random, 0.5, 0.3),
            Late =
                isSlow ? 0.8
                : onlyThrottles ? Plan.Rate(random, 0.7, 0.8)
                : Plan.Rate(random, 0.3, 0.1),
            LateMax = onlyThrottles ? InGoodTime : TimeSpan.FromSeconds(8),
            NotFound = Plan.Rate(random, 0.2, 0.1),
            TokenFailure = Plan.Rate(random, 0.4, 0.4),
        };
    }

    /// <param name="failing">How often the platform fails at the least.</param>
    public Rates With(double failing) => this with { ServerError = Math.Max(ServerError, failing) };
}

/// <summary>The faults of one seam.</summary>
internal sealed record CallRates(double Away, double AnswerLost, double Partial, double Late)
{
    public static CallRates Of(Random random, double max) =>
        new(
            Plan.Rate(random, 0.5, max),
            Plan.Rate(random, 0.5, max),
            Plan.Rate(random, 0.5, max * 2),
            Plan.Rate(random, 0.3, max)
        );
}
