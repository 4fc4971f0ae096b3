using System.Globalization;
using Amazon.SQS;
using Operations.Budget;
using Operations.DeadLetters;
using ServiceDefaults;

namespace Operations.Overview;

/// <summary>Looks at the pipeline every few seconds and keeps the latest samples, in bounded memory; pages read them and ask nobody.</summary>
internal sealed partial class LiveNumbers(
    ServiceMetrics services,
    IAmazonSQS sqs,
    QueueUrls urls,
    LetterIndex letters,
    BudgetTable budgets,
    OverviewOptions options,
    TimeProvider time,
    ILogger<LiveNumbers> logger
) : BackgroundService
{
    private static readonly List<string> Depths =
    [
        QueueAttributeName.ApproximateNumberOfMessages,
        QueueAttributeName.ApproximateNumberOfMessagesNotVisible,
        QueueAttributeName.ApproximateNumberOfMessagesDelayed,
    ];

    private readonly Lock _gate = new();
    private readonly Queue<Sample> _samples = new();
    private readonly QueueBacklog _backlog = new();
    private Counted? _before;
    private int _watchers;

    /// <summary>Why the last look came to nothing; null when it did not.</summary>
    public string? Fault { get; private set; }

    public IReadOnlyList<Sample> Samples
    {
        get
        {
            lock (_gate)
            {
                return [.. _samples];
            }
        }
    }

    public void Watch() => Interlocked.Increment(ref _watchers);

    public void Leave() => Interlocked.Decrement(ref _watchers);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var idle = TimeSpan.Zero;
        using var timer = new PeriodicTimer(options.Every, time);
        try
        {
            do
            {
                idle += options.Every;
                if (Volatile.Read(ref _watchers) > 0 || idle >= options.IdleEvery)
                {
                    idle = TimeSpan.Zero;
                    await LookAsync(stoppingToken);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            var counted = await services.ReadAsync(stopping);
            var events = await DepthAsync(await urls.OfEventsAsync(stopping), stopping);
            var enrichment = await DepthAsync(await urls.OfEnrichmentAsync(stopping), stopping);
            var deadLetters = await DepthAsync(await urls.OfDeadLettersAsync(stopping), stopping);
            var ofEnrichment = await DepthAsync(await urls.OfEnrichmentDeadLettersAsync(stopping), stopping);
            var budget = await budgets.FirstAsync(stopping);
            Add(
                Of(counted) with
                {
                    QueueVisible = events[0],
                    QueueNotEmptyFor = _backlog.Look(counted.At, events[0]),
                    QueueInFlight = events[1],
                    QueueDelayed = events[2],
                    EnrichmentWaiting = enrichment.Sum(),
                    DeadLettersInQueue = deadLetters.Sum() + ofEnrichment.Sum(),
                    BudgetOf = budget?.Budget,
                    // A window that is over counts nothing any more.
                    BudgetUsed =
                        budget is null ? null
                        : time.GetUtcNow() - budget.WindowStart > TimeSpan.FromMinutes(2) ? 0
                        : budget.Used,
                    BudgetAllowed = budget?.Allowed,
                    BlockedUntil = budget
                        ?.Blocks.Where(block => block.Until > time.GetUtcNow())
                        .Select(block => (DateTimeOffset?)block.Until)
                        .Max(),
                }
            );
            _before = counted;
            Fault = null;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, stopping) != AwsFault.None)
        {
            var reason = AwsFaults.ReasonOf(exception);
            Log.NotSeen(logger, reason);
            Fault = $"A queue or a table does not answer ({reason}).";
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // A bug, or a service that answers with what nobody understands; the next look may well succeed.
            Log.Unexpected(logger, exception);
            Fault = "The last look failed unexpectedly; the log of Operations has the reason.";
        }
    }

    private Sample Of(Counted counted) =>
        new()
        {
            At = counted.At,
            IngestedPerSecond = counted.PerSecond(_before, "genesys_ingest_accepted_total"),
            RecordedPerSecond = counted.PerSecond(_before, "genesys_events_recorded_total"),
            DuplicatesPerSecond = counted.PerSecond(_before, "genesys_events_duplicates_total"),
            DeferredPerSecond = counted.PerSecond(
                _before,
                "genesys_outcomes_total",
                reading => reading.Has("outcome", "deferred")
            ),
            DeadLettersPerSecond = counted.PerSecond(_before, "genesys_dead_letters_total"),
            OldestAgeSeconds = counted.Max("genesys_events_oldest_age"),
            LagSeconds = counted.Mean(_before, "genesys_events_lag"),
            UnderWay = counted.Total("genesys_messages_in_flight"),
            Recorded = counted.Total("genesys_events_recorded_total"),
            OpenLetters = letters.IsKnown ? letters.Open.Count() : null,
            Processors = counted.Alive("processor"),
            Ingestors = counted.Alive("ingestor"),
        };

    private void Add(Sample sample)
    {
        lock (_gate)
        {
            _samples.Enqueue(sample);
            while (_samples.Count > options.SamplesMax)
            {
                _samples.Dequeue();
            }
        }
    }

    private async Task<int[]> DepthAsync(string url, CancellationToken cancellationToken)
    {
        var answer = await sqs.GetQueueAttributesAsync(url, Depths, cancellationToken);
        return
        [
            .. Depths.Select(name =>
                int.TryParse(
                    answer.Attributes?.GetValueOrDefault(name),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var depth
                )
                    ? depth
                    : 0
            ),
        ];
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 540,
            Level = LogLevel.Warning,
            Message = "The pipeline cannot be looked at ({Reason}); the page shows what was seen last."
        )]
        public static partial void NotSeen(ILogger logger, string reason);

        [LoggerMessage(
            EventId = 541,
            Level = LogLevel.Error,
            Message = "A look at the pipeline failed unexpectedly; the next one comes."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
