using Events.DeadLetters;
using Processor.Settlement;
using Processor.Testing.World;

namespace Processor.Testing.Outside;

/// <summary>The queue <c>genesys-events-dlq</c> in memory.</summary>
internal sealed class FakeDeadLetterQueue(TimeProvider time, Random random) : IDeadLetterQueue
{
    private readonly Lock _gate = new();
    private readonly List<DeadLetter> _letters = [];

    public Faults Faults { get; } = new(time, random);

    public IReadOnlyList<DeadLetter> Letters
    {
        get
        {
            lock (_gate)
            {
                return [.. _letters];
            }
        }
    }

    /// <summary>What a redrive does: all letters leave this queue.</summary>
    public IReadOnlyList<DeadLetter> TakeAll()
    {
        lock (_gate)
        {
            DeadLetter[] taken = [.. _letters];
            _letters.Clear();
            return taken;
        }
    }

    public Task<bool> SendAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        FifoPlace? place,
        CancellationToken cancellationToken
    ) =>
        Asking.AskAsync(
            async () =>
            {
                var fault = await Faults.ArriveAsync(nameof(SendAsync));
                var taken = fault != Fault.Away && SqsLimits.Takes(body, attributes);
                if (taken)
                {
                    lock (_gate)
                    {
                        _letters.Add(new DeadLetter(body, attributes, time.GetUtcNow()) { Place = place });
                    }
                }

                await Faults.TravelAsync();
                return taken && fault != Fault.AnswerLost;
            },
            cancellationToken
        );
}

internal sealed record DeadLetter(string Body, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset SentAt)
{
    public FifoPlace? Place { get; init; }

    /// <summary>What it says about itself.</summary>
    public DeadLetterAttributes About => DeadLetterAttributes.From(Attributes);
}
