namespace Processor.Testing.World;

/// <summary>
/// Whether one process runs, stands still (SIGSTOP, a long collection) or is dead (SIGKILL). Its clock and its connections look here
/// before they let it go on, so that death needs no word from the code that dies.
/// </summary>
internal sealed class Lifeline
{
    private readonly List<Action> _held = [];
    private TaskCompletionSource? _awake;

    /// <summary>Sees each request of the process and each answer; a story lets things happen just there.</summary>
    public ILifeWatch? Watch { get; set; }

    public bool IsDead { get; private set; }

    public bool IsStalled => _awake is not null;

    /// <summary>It never runs again: what it waits for never comes. What it has sent has been sent.</summary>
    public void Kill() => IsDead = true;

    public void Stall() => _awake ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Wake()
    {
        var (awake, held) = (_awake, _held.ToArray());
        _awake = null;
        _held.Clear();
        awake?.TrySetResult();

        // What fell due meanwhile and what waited for an answer go on in any order: nobody hears first that he has slept.
        var world = SynchronizationContext.Current!;
        foreach (var callback in held)
        {
            world.Post(static callback => ((Action)callback!)(), callback);
        }
    }

    /// <summary>Goes on when the process runs; of a dead one, never.</summary>
    public Task PassAsync() => IsDead || IsStalled ? WaitAsync() : Task.CompletedTask;

    /// <summary>What a timer of the process wants to run: now, when the process wakes, or never.</summary>
    public void Pass(TimerCallback callback, object? state)
    {
        if (IsDead)
        {
            return;
        }

        if (IsStalled)
        {
            _held.Add(() => callback(state));
            return;
        }

        callback(state);
    }

    private async Task WaitAsync()
    {
        while (!IsDead && _awake is { } awake)
        {
            await awake.Task;
        }

        if (IsDead)
        {
            await new TaskCompletionSource().Task;
        }
    }
}

/// <summary>Between a process and the world.</summary>
internal interface ILifeWatch
{
    /// <summary>A request is about to leave the process.</summary>
    void Asks(string operation);

    /// <summary>What was asked for has happened, or not; the process does not know yet.</summary>
    void Hears(string operation);
}
