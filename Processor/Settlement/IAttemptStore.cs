using Events.DeadLetters;

namespace Processor.Settlement;

/// <summary>
/// A seam: the table <c>message-attempts</c> in production, a dictionary with faults in the simulator. Counted in one record for all
/// replicas: in memory, six of them would turn eight tries into forty-eight.
/// </summary>
internal interface IAttemptStore
{
    /// <summary>Adds one and tells the sum. Only what failed comes here; a day without failures writes nothing.</summary>
    Task<AttemptAnswer> CountAsync(string key, FailureClass failureClass, CancellationToken cancellationToken);
}

internal abstract record AttemptAnswer
{
    private AttemptAnswer() { }

    internal sealed record Counted(int Attempts, DateTimeOffset FirstFailedAt, DateTimeOffset LastFailedAt)
        : AttemptAnswer;

    internal sealed record Unavailable(string Reason) : AttemptAnswer;
}
