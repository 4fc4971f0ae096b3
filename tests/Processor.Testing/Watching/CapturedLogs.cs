using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Processor.Testing.Watching;

/// <summary>Keeps every line that was logged, at every level.</summary>
internal sealed class CapturedLogs : ILoggerFactory, ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = [];

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Everything is captured here and goes nowhere else.");

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(CapturedLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) =>
            logs._lines.Enqueue(
                new LogLine(
                    logLevel,
                    eventId,
                    category,
                    formatter(state, exception),
                    state as IReadOnlyList<KeyValuePair<string, object?>> ?? [],
                    exception
                )
            );
    }
}

internal sealed record LogLine(
    LogLevel Level,
    EventId EventId,
    string Category,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> Values,
    Exception? Exception
)
{
    /// <summary>All of it that could reach a collector.</summary>
    public string Everything =>
        $"{Category} {Message} {string.Join(' ', Values.Select(value => $"{value.Key}={value.Value}"))} {Exception}";
}
