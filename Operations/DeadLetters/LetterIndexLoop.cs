using ServiceDefaults;

namespace Operations.DeadLetters;

/// <summary>Reads the table of letters when the process starts, and again whenever that is old: no page has to wait for it.</summary>
internal sealed partial class LetterIndexLoop(
    LetterIndex index,
    DeadLetterOptions options,
    TimeProvider time,
    ILogger<LetterIndexLoop> logger
) : BackgroundService
{
    /// <summary>While the table was never read: somebody looks at a page that waits for it.</summary>
    private static readonly TimeSpan UnknownPause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await RefreshAsync(stoppingToken);
                await Task.Delay(index.IsKnown ? options.RefreshEvery : UnknownPause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task RefreshAsync(CancellationToken stopping)
    {
        try
        {
            await index.RefreshAsync(stopping);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, stopping) != AwsFault.None)
        {
            // The index has said so in the log.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug; it must not end the process. Whoever looks meets it too.
            Log.Unexpected(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 511,
            Level = LogLevel.Error,
            Message = "The table of dead letters could not be read, unexpectedly; the next try comes."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
