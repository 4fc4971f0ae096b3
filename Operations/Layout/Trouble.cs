namespace Operations.Layout;

/// <summary>Why the page that is open cannot look just now; the layout says it above the page. One for each open window.</summary>
internal sealed class Trouble
{
    public event Action? Changed;

    public string? Message { get; private set; }

    /// <param name="message">Null when all is well.</param>
    public void Tell(string? message)
    {
        if (message != Message)
        {
            Message = message;
            Changed?.Invoke();
        }
    }
}
