namespace Testing;

/// <summary>A simulated world cannot go on: a deadlock, a run without end, code that left it. Whatever else is thrown is of who runs in it.</summary>
public sealed class BrokenWorldException(string message) : Exception(message);
