using System.Threading.Channels;
using GenesysMock.Conversations;
using GenesysMock.Traffic;

namespace GenesysMock.Publishing;

/// <summary>
/// One run of traffic on its way to the ingestor: its plan is told, each delivery waits for its time, full batches go to
/// the senders. While all of them are busy, nothing more is told.
/// </summary>
internal sealed partial class TrafficRun(
    string id,
    TrafficPlan plan,
    Pace pace,
    Organization organization,
    ConversationDirectory directory,
    Publisher publisher,
    PublishingOptions options,
    TimeProvider time,
    ILogger<TrafficRun> logger
) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TrafficGenerator _generator = new(organization, plan);

    public string Id { get; } = id;

    public TrafficPlan Plan { get; } = plan;

    public RunLedger Ledger { get; } = new(plan.Events);

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public RunEnd? End { get; private set; }

    /// <summary>Completes when the run has ended, in whatever way.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>What the run consists of, at any time: a generator tells the same again.</summary>
    public IEnumerable<Scheduled> Things() => new TrafficGenerator(organization, Plan).Schedule();

    /// <summary>Nothing new begins; what has begun is published to its end.</summary>
    public void Close() => _generator.Close();

    /// <summary>It ends as it stands.</summary>
    public void Stop() => _stop.Cancel();

    public void Begin(CancellationToken stopping) => Ended = RunAsync(stopping);

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(CancellationToken stopping)
    {
        // Whoever begins a run waits for an answer to that, not for the first events.
        await Task.Yield();
        Log.Started(logger, Id, Plan.Seed, Plan.Events, Plan.EventsPerSecond);
        try
        {
            var completed = await PublishAsync(stopping);
            var counts = Ledger.Counts;
            Log.Ended(logger, Id, completed, counts.Emitted, counts.Deliveries, counts.Refused);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, Id);
        }
    }

    /// <summary>Whether all of it was published.</summary>
    private async Task<bool> PublishAsync(CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, _stop.Token);
        var batches = Channel.CreateBounded<IReadOnlyList<Delivery>>(options.IngestorConnections);
        var completed = false;
        try
        {
            await Task.WhenAll([
                TellAsync(batches.Writer, stop.Token),
                .. Enumerable.Range(0, options.IngestorConnections).Select(_ => SendAsync(batches, stop.Token)),
            ]);
            completed = true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop; what was not sent was not published.
        }
        finally
        {
            End = new RunEnd(time.GetUtcNow(), completed);
        }

        return completed;
    }

    private async Task TellAsync(ChannelWriter<IReadOnlyList<Delivery>> batches, CancellationToken cancellationToken)
    {
        try
        {
            var started = time.GetTimestamp();
            var position = 0L;
            var batch = new List<Delivery>(options.IngestorBatchSize);
            foreach (var delivery in _generator.Deliveries())
            {
                var wait = pace.At(position++, delivery.Due - Plan.Origin) - time.GetElapsedTime(started);
                if (wait > TimeSpan.Zero)
                {
                    batch = await FlushAsync(batches, batch, cancellationToken);
                    await Task.Delay(wait, time, cancellationToken);
                }

                Introduce(delivery);
                batch.Add(delivery);
                if (batch.Count == options.IngestorBatchSize)
                {
                    batch = await FlushAsync(batches, batch, cancellationToken);
                }
            }

            await FlushAsync(batches, batch, cancellationToken);
        }
        finally
        {
            batches.TryComplete();
        }
    }

    /// <summary>Once an event of it is out, somebody may ask about a conversation.</summary>
    private void Introduce(Delivery delivery)
    {
        if (delivery.Emission.Conversation is { } conversation)
        {
            directory.Learn(conversation);
        }
    }

    /// <summary>Returns the batch to fill next.</summary>
    private async Task<List<Delivery>> FlushAsync(
        ChannelWriter<IReadOnlyList<Delivery>> batches,
        List<Delivery> batch,
        CancellationToken cancellationToken
    )
    {
        if (batch.Count is 0)
        {
            return batch;
        }

        await batches.WriteAsync(batch, cancellationToken);
        return new List<Delivery>(options.IngestorBatchSize);
    }

    private async Task SendAsync(Channel<IReadOnlyList<Delivery>> batches, CancellationToken cancellationToken)
    {
        try
        {
            while (await batches.Reader.WaitToReadAsync(cancellationToken))
            {
                while (batches.Reader.TryRead(out var batch))
                {
                    await publisher.PublishAsync(batch, Ledger, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A sender that is broken must not leave the teller waiting for room.
            batches.Writer.TryComplete(exception);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 410,
            Level = LogLevel.Information,
            Message = "Traffic {Run} started: seed {Seed}, events {Events}, on its timeline {EventsPerSecond} a second."
        )]
        public static partial void Started(ILogger logger, string run, int seed, int? events, double eventsPerSecond);

        [LoggerMessage(
            EventId = 411,
            Level = LogLevel.Information,
            Message = "Traffic {Run} ended, completed: {Completed}; {Emitted} emitted, {Deliveries} deliveries accepted, {Refused} refused."
        )]
        public static partial void Ended(
            ILogger logger,
            string run,
            bool completed,
            long emitted,
            long deliveries,
            long refused
        );

        [LoggerMessage(EventId = 412, Level = LogLevel.Error, Message = "Traffic {Run} broke off.")]
        public static partial void Failed(ILogger logger, Exception exception, string run);
    }
}

/// <param name="Completed">Whether all of it was published; otherwise it was stopped.</param>
internal sealed record RunEnd(DateTimeOffset At, bool Completed);
