using Microsoft.Extensions.Logging;

namespace Provisioner.Tests.Making;

/// <summary>What was written, a line each.</summary>
internal sealed class Lines<T> : ILogger<T>
{
    public List<string> Written { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (logLevel > LogLevel.Debug)
        {
            Written.Add(formatter(state, exception));
        }
    }
}
