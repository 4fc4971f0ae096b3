using Events.DeadLetters;
using Processor.Settlement;
using Processor.Testing.World;

namespace Processor.Testing.Outside;

/// <summary>The table <c>message-attempts</c> in memory.</summary>
internal sealed class FakeAttemptStore(TimeProvider time, Random random) : IAttemptStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Key, FailureClass Class), int> _attempts = [];
    private readonly Dictionary<string, DateTimeOffset> _firstFailedAt = [];

    public Faults Faults { get; } = new(time, random);

    /// <summary>All that was ever counted. Throttling and waiting must leave it empty.</summary>
    public IReadOnlyDictionary<(string Key, FailureClass Class), int> Attempts
    {
        get
        {
            lock (_gate)
            {
                return _attempts.ToDictionary();
            }
        }
    }

    public Task<AttemptAnswer> CountAsync(string key, FailureClass failureClass, CancellationToken cancellationToken) =>
        Asking.AskAsync<AttemptAnswer>(
            async () =>
            {
                var fault = await Faults.ArriveAsync(nameof(CountAsync));
                var counted = fault == Fault.Away ? null : Count(key, failureClass);
                await Faults.TravelAsync();
                return counted is null || fault == Fault.AnswerLost ? new AttemptAnswer.Unavailable("away") : counted;
            },
            cancellationToken
        );

    private AttemptAnswer.Counted Count(string key, FailureClass failureClass)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _firstFailedAt.TryAdd(key, now);
            var sum = _attempts.GetValueOrDefault((key, failureClass)) + 1;
            _attempts[(key, failureClass)] = sum;
            return new AttemptAnswer.Counted(sum, _firstFailedAt[key], now);
        }
    }
}
