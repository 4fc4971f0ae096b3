using Processor.Announcing;
using Processor.Effects;
using Processor.Enrichment;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;

namespace Simulation.Histories;

/// <summary>All that a seed decides before anything runs: the traffic, the settings, the faults and their rates.</summary>
internal sealed record Plan
{
    public const int Replicas = 3;

    /// <summary>
    /// What goes wrong with two hundred events goes wrong with forty, in a fourth of the time; only what comes of many at once does
    /// not. So one history of so many is large.
    /// </summary>
    private const int LargeOneIn = 25;

    private const int EventsOfLarge = 170;
    private const int ReceivesFew = 3;

    public required int Seed { get; init; }

    public required int EventsMin { get; init; }

    public bool IsLarge => EventsMin == EventsOfLarge;

    /// <summary>The part of a call's events that is emitted; its end always is. Many short calls meet more than a few long ones.</summary>
    public required double CallShare { get; init; }

    /// <summary>How many events there are besides those of whole calls, one of a topic each.</summary>
    public required int TopicsMax { get; init; }

    /// <summary>Over how long the events come; zero is all at once.</summary>
    public required TimeSpan Spread { get; init; }

    public required double DuplicateRate { get; init; }

    public required double PublishedAgainRate { get; init; }

    public required double VariantRate { get; init; }

    public required double PoisonRate { get; init; }

    public required Rates Rates { get; init; }

    public required ReceivingOptions Receiving { get; init; }

    public required RecordingOptions Recording { get; init; }

    public required AnnouncingOptions Announcing { get; init; }

    public required EffectsOptions Effects { get; init; }

    public required SettlementOptions Settlement { get; init; }

    public required EnrichmentOptions Enrichment { get; init; }

    /// <summary>The redrive policy's number. Twenty in the template; where no receive is lost, fewer must do.</summary>
    public int ReceiveCountMax => IsCalm && Settlement.ReceivesMax == ReceivesFew ? 12 : 20;

    public required int RequestsPerMinute { get; init; }

    /// <summary>How often a person, or a redrive, makes some calls at once.</summary>
    public required int OperatorBursts { get; init; }

    public required TimeSpan OperatorBegins { get; init; }

    public required IReadOnlyList<TimeSpan> Skews { get; init; }

    public required IReadOnlyList<Incident> Incidents { get; init; }

    /// <summary>In some histories a process stands still where it hurts.</summary>
    public required Incident? Oversleeping { get; init; }

    /// <summary>After this all goes well, so that the run can be judged by its end.</summary>
    public required TimeSpan HealsAfter { get; init; }

    /// <summary>Nothing but waiting is asked for: no attempt may be counted.</summary>
    public required bool OnlyThrottles { get; init; }

    /// <summary>
    /// Queue and processes work as they should, and all else fails as elsewhere: then no message's visibility may run out in the
    /// hands of a process, for none is lost on the way to it or with it.
    /// </summary>
    public required bool IsCalm { get; init; }

    public static Plan Of(int seed)
    {
        // Not the world's own numbers: a step more or less in the run changes nothing of the plan.
        var random = new Random(seed ^ 0x5EED);
        var onlyThrottles = random.Next(5) == 0;
        var isLarge = random.Next(LargeOneIn) == 0;
        var isCalm = random.Next(4) == 0;

        // Many calls end at once, and there is budget enough for all their effects.
        var isCrowd = !isLarge && random.Next(8) == 0;
        isCalm |= isCrowd && int.IsEvenInteger(seed);

        // So do they, and there is too little of it, for long enough to see that nobody takes more.
        var isShort = !isLarge && !isCrowd && random.Next(10) == 0;

        // Numbers of its own: what else a seed decides stays as it was.
        var patience = new Random(seed ^ 0x9A7E);
        var givesUp = patience.Next(4) == 0 && !onlyThrottles;

        // And the platform fails often enough, for long enough, that some events are given up.
        var failing = givesUp ? 0.4 + (patience.NextDouble() * 0.5) : 0;
        var lasts = TimeSpan.FromSeconds(givesUp ? patience.Next(60, 240) : 0);
        var sleep = new Random(seed ^ 0x51EE);
        var isKeptShortly = new Random(seed ^ 0x4E7E).Next(2) == 0;
        return new Plan
        {
            Seed = seed,
            EventsMin = isLarge ? EventsOfLarge : 20,
            CallShare =
                isLarge ? 1
                : isCrowd || isShort ? 0
                : 0.35,
            TopicsMax = isLarge ? 100 : 5,
            Spread = random.Next(3) switch
            {
                0 => TimeSpan.Zero,
                1 => TimeSpan.FromSeconds(random.Next(1, 5)),
                _ => TimeSpan.FromSeconds(random.Next(5, isLarge ? 40 : 20)),
            },
            DuplicateRate = Rate(random, 0.7, 0.3),
            PublishedAgainRate = Rate(random, 0.7, 0.3),
            VariantRate = Rate(random, 0.4, 0.4),
            PoisonRate = Rate(random, 0.6, 0.9),
            Rates = Rates.Of(random, onlyThrottles, isCalm, isCrowd && random.Next(4) > 0).With(failing),
            Receiving = new ReceivingOptions
            {
                Slots =
                    isLarge ? Pick(random, 20, 40)
                    : isCrowd ? 20
                    : Pick(random, 10, 20),
                SlotsPerPoller = Pick(random, 10, 20),
                WaitTime = TimeSpan.FromSeconds(Pick(random, 10, 20)),
                VisibilityTimeout = TimeSpan.FromSeconds(isCrowd ? 56 : 60),
            },
            Recording = new RecordingOptions { AttemptsMax = Pick(random, 1, 2, 4) },
            Announcing = new AnnouncingOptions
            {
                Delay = TimeSpan.FromSeconds(Pick(random, 0, 1, 5)),
                BackoffMax = TimeSpan.FromSeconds(20),
            },
            Effects = new EffectsOptions
            {
                Workers =
                    isLarge ? 16
                    : isCrowd ? Pick(random, 1, 2)
                    : Pick(random, 1, 2, 4),
            },
            Settlement = new SettlementOptions
            {
                RetryBackoff = TimeSpan.FromSeconds(1),
                RetryBackoffMax = TimeSpan.FromSeconds(20),
                ReceivesMax = Pick(random, ReceivesFew, 10),
                SourceRetention = isKeptShortly ? TimeSpan.FromHours(1) : TimeSpan.FromDays(4),
                TransientAttemptsMax = givesUp ? 1 + patience.Next(4) : 8,
                TransientFor = givesUp
                    ? TimeSpan.FromSeconds(Math.Floor(Rate(patience, 0.8, 61)))
                    : TimeSpan.FromHours(1),
            },
            Enrichment = new EnrichmentOptions
            {
                BatchMax = Pick(random, 2, 10, 100),
                Linger = TimeSpan.FromSeconds(Pick(random, 0, 1, 3)),
                WaitTime = TimeSpan.FromSeconds(Pick(random, 5, 20)),
                NotYetPause = TimeSpan.FromSeconds(4),
                NotYetPauseMax = TimeSpan.FromSeconds(20),
                ReceivesMax = Pick(random, 3, 15),
            },
            RequestsPerMinute =
                isCrowd ? 300
                : isShort ? Pick(random, 20, 40)
                : Pick(random, 20, 40, 60, 300),
            Skews = [.. Enumerable.Range(0, Replicas).Select(_ => TimeSpan.FromMilliseconds(random.Next(-950, 950)))],
            Incidents = isShort
                ? Incident.OfTheBudget(random)
                : Incident.Some(random, isLarge ? 1_200 : 400, onlyThrottles, isCalm),
            Oversleeping = sleep.Next(5) == 0 && !onlyThrottles && !isCalm ? Incident.Oversleeping(sleep) : null,
            HealsAfter =
                lasts
                + TimeSpan.FromSeconds(
                    isShort ? random.Next(100, 160)
                    : isLarge ? random.Next(20, 90)
                    : random.Next(10, 50)
                ),
            OnlyThrottles = onlyThrottles,
            IsCalm = isCalm,
            OperatorBursts =
                isShort ? random.Next(2, 8)
                : random.Next(3) == 0 ? random.Next(1, 5)
                : 0,
            OperatorBegins = TimeSpan.FromSeconds(isShort ? 0 : random.Next(0, 40)),
        };
    }

    /// <summary>There at all with this chance, and then anything up to the most, small more often than large.</summary>
    internal static double Rate(Random random, double chance, double max)
    {
        var isThere = random.NextDouble() < chance;
        var drawn = random.NextDouble();
        return isThere ? drawn * drawn * max : 0;
    }

    internal static int Pick(Random random, params ReadOnlySpan<int> choices) => choices[random.Next(choices.Length)];
}
