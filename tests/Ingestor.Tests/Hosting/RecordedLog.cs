using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ingestor.Tests.Hosting;

/// <summary>Every line the program logged, whatever its level.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> _lines = new();

    public IReadOnlyCollection<string> Lines => [.. _lines.Select(entry => entry.Line)];

    public IReadOnlyCollection<string> Errors =>
        [.. _lines.Where(entry => entry.Level >= LogLevel.Error).Select(entry => entry.Line)];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));

    public void Dispose() { }
}
