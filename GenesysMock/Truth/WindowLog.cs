namespace GenesysMock.Truth;

/// <summary>The windows there were, the latest so many of them. Who calls holds the lock.</summary>
internal sealed class WindowLog
{
    private const int WindowsMax = 2_000;

    private readonly LinkedList<CountedWindow> _windows = [];

    public IReadOnlyList<CountedWindow> All => [.. _windows];

    /// <summary>The most requests of one window, refused ones included.</summary>
    public int Most => _windows.Select(window => window.Requests).DefaultIfEmpty().Max();

    public void Count(string of, DateTimeOffset opened, bool refused)
    {
        var window = Find(of, opened) ?? Add(of, opened);
        window.Value = window.Value with
        {
            Requests = window.Value.Requests + 1,
            Refused = window.Value.Refused + (refused ? 1 : 0),
        };
    }

    public void Clear() => _windows.Clear();

    /// <summary>Nearly always one of the last few.</summary>
    private LinkedListNode<CountedWindow>? Find(string of, DateTimeOffset opened)
    {
        var node = _windows.Last;
        while (node is not null && (node.Value.Of != of || node.Value.Opened != opened))
        {
            node = node.Previous;
        }

        return node;
    }

    private LinkedListNode<CountedWindow> Add(string of, DateTimeOffset opened)
    {
        if (_windows.Count == WindowsMax)
        {
            _windows.RemoveFirst();
        }

        return _windows.AddLast(new CountedWindow(of, opened, Requests: 0, Refused: 0));
    }
}

/// <summary>A window that somebody's first request opened.</summary>
/// <param name="Of">Whose it was: a token by the name the truth has for it, or a client.</param>
internal sealed record CountedWindow(string Of, DateTimeOffset Opened, int Requests, int Refused);
