using System.Text;
using Amazon.SQS.Model;
using Events;
using Events.DeadLetters;

namespace Operations.Tests.Emulated;

/// <summary>Does to a queue of events what a Processor would, when the test says so: records events, buries the rest.</summary>
internal sealed class StandInConsumer(EmulatedPipeline pipeline, Predicate<string> fails)
{
    public List<string> Consumed { get; } = [];

    public async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        foreach (var message in await pipeline.TakeEventsAsync(cancellationToken))
        {
            await ConsumeAsync(message, cancellationToken);
        }
    }

    /// <summary>Until the test is done with it.</summary>
    public async Task ConsumeUntilAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await ConsumeAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task ConsumeAsync(Message message, CancellationToken cancellationToken)
    {
        Consumed.Add(message.Body);
        if (!fails(message.Body) && EventDecoder.Decode(Encoding.UTF8.GetBytes(message.Body)) is Decoded.Event decoded)
        {
            await pipeline.RecordAsync(
                decoded.Value.Subject,
                decoded.Value.SortKey,
                decoded.Value.PublishedAt,
                cancellationToken
            );
            return;
        }

        await pipeline.BuryAsync(message.Body, "effect-timeout", FailureClass.Transient, cancellationToken);
    }
}
