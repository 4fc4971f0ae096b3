using System.Text;

namespace Aspire.Hosting.Tests.Running;

/// <summary>What an application prints, kept; a test can wait for a line of it.</summary>
internal sealed class ConsoleText : TextWriter
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(Predicate<string> Wanted, TaskCompletionSource<string> Found)> _waiting = [];

    public override Encoding Encoding => Encoding.UTF8;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_lock)
        {
            _lines.Add(value ?? "");
            foreach (var (_, found) in _waiting.Where(waiting => waiting.Wanted(value ?? "")))
            {
                found.TrySetResult(value ?? "");
            }
        }
    }

    public override void WriteLine(StringBuilder? value) => WriteLine(value?.ToString());

    /// <summary>The first line, printed already or to come, that contains the text.</summary>
    public async Task<string> LineAsync(string text, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.Find(IsWanted) is { } printed)
            {
                return printed;
            }

            _waiting.Add((IsWanted, found));
        }

        return await found.Task.WaitAsync(cancellationToken);

        bool IsWanted(string line) => line.Contains(text, StringComparison.Ordinal);
    }
}
