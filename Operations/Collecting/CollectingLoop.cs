using Operations.DeadLetters;
using ServiceDefaults;

namespace Operations.Collecting;

/// <summary>Collects for as long as the process lives.</summary>
internal sealed partial class CollectingLoop(
    DeadLetterCollector collector,
    LetterIndex index,
    CollectingOptions options,
    TimeProvider time,
    ILogger<CollectingLoop> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Enabled)
        {
            return;
        }

        // Letters of earlier days first: an arrival that is one of them is a failure once more.
        await KnowLettersAsync(stoppingToken);
        await Task.WhenAll(
            // Requests to enrichment die rarely: one receiver is enough for theirs.
            Enumerable
                .Repeat(LetterQueue.Events, options.Receivers)
                .Append(LetterQueue.Enrichment)
                .Select(queue => CollectAsync(queue, stoppingToken))
        );
    }

    private async Task KnowLettersAsync(CancellationToken stopping)
    {
        while (!index.IsKnown)
        {
            try
            {
                await index.RefreshAsync(stopping);
            }
            catch (Exception exception) when (AwsFaults.Classify(exception, stopping) != AwsFault.None)
            {
                // The index has said so in the log.
                await Task.Delay(options.Pause, time, stopping);
            }
        }
    }

    private async Task CollectAsync(LetterQueue queue, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await CollectOnceAsync(queue, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The process ends. What a receive would still have brought comes back when its visibility ends.
        }
    }

    private async Task CollectOnceAsync(LetterQueue queue, CancellationToken stopping)
    {
        try
        {
            switch (await collector.CollectAsync(queue, options.Wait, stopping))
            {
                case Collected.Unavailable unavailable:
                    Log.Unavailable(logger, queue, unavailable.Reason, options.Pause);
                    await Task.Delay(options.Pause, time, stopping);
                    break;

                case Collected.Full:
                    Log.Full(logger);
                    await Task.Delay(options.Visibility, time, stopping);
                    break;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug; it must not end the collecting, nor the process.
            Log.Unexpected(logger, exception);
            await Task.Delay(options.Pause, time, stopping);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 502,
            Level = LogLevel.Warning,
            Message = "Dead letters of {Queue} cannot be collected ({Reason}); the next try comes in {Pause}."
        )]
        public static partial void Unavailable(ILogger logger, LetterQueue queue, string reason, TimeSpan pause);

        [LoggerMessage(
            EventId = 503,
            Level = LogLevel.Error,
            Message = "There is no room for more open dead letters: decide about some, or raise DeadLetters:LettersMax. Of what arrives, only letters that are known are taken; the rest waits in the queue."
        )]
        public static partial void Full(ILogger logger);

        [LoggerMessage(EventId = 504, Level = LogLevel.Error, Message = "Collecting failed unexpectedly; it goes on.")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
