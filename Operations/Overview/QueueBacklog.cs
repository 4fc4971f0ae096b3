namespace Operations.Overview;

/// <summary>
/// How long a queue has not been seen empty: the most that can be said of the age of what waits by looking at depths alone. SQS tells
/// that age by CloudWatch only.
/// </summary>
internal sealed class QueueBacklog
{
    private DateTimeOffset? _since;

    /// <param name="waiting">Messages that nobody has taken yet, as this look met them.</param>
    /// <returns>Since the last look that met none, or since the first of all; zero when this look met none.</returns>
    public TimeSpan Look(DateTimeOffset now, int waiting)
    {
        if (waiting == 0 || _since is null)
        {
            _since = now;
        }

        return now - _since.Value;
    }
}
