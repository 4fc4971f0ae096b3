namespace Bench;

/// <summary>A run that cannot be measured; its message says why, and the bench ends with it.</summary>
internal sealed class BenchException(string message) : Exception(message);
