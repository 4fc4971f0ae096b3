using Processor.Effects;
using Processor.Processing;
using Processor.Receiving;
using Processor.Settlement;

namespace Processor.Lambda;

/// <summary>
/// The same pipeline behind the Lambda Runtime API: next, process, answer. The batch is answered before its deadline whatever
/// happens; what is not known to be done by then is answered as failed.
/// </summary>
internal sealed partial class LambdaLoop(
    LambdaRuntimeClient runtime,
    InvocationQueue queue,
    EventPipeline pipeline,
    EffectWorkers effects,
    DeleteBuffer deletes,
    HideBuffer hides,
    Slots slots,
    InFlight inFlight,
    LambdaOptions options,
    TimeProvider time,
    ILogger<LambdaLoop> logger
) : BackgroundService
{
    /// <summary>When the invocation under way began; Lambda gives a process one at a time.</summary>
    private DateTimeOffset _began;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var deleting = deletes.RunAsync(CancellationToken.None);
        var hiding = hides.RunAsync(CancellationToken.None);
        var working = effects.RunAsync(stoppingToken, CancellationToken.None);

        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var next = await runtime.NextAsync(stoppingToken);
                await HandleAsync(next);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Lambda ends the environment between two invocations.
        }

        effects.Complete();
        await working;
        deletes.Complete();
        hides.Complete();
        await Task.WhenAll(deleting, hiding);
    }

    private async Task HandleAsync(RuntimeInvocation next)
    {
        if (Invocation.Read(next.Event) is not { } invocation)
        {
            Log.NotAnSqsEvent(logger, next.RequestId);
            await runtime.FailAsync(
                next.RequestId,
                "NotAnSqsEvent",
                "The event is not what an SQS event source mapping sends: Records with messageId and body.",
                CancellationToken.None
            );
            return;
        }

        _began = time.GetUtcNow();
        queue.Current = invocation;
        await ProcessAsync(invocation, next.Deadline);
        queue.Current = null;

        await runtime.AnswerAsync(next.RequestId, invocation.Answer(), CancellationToken.None);
    }

    private async Task ProcessAsync(Invocation invocation, DateTimeOffset deadline)
    {
        var left = deadline - time.GetUtcNow() - options.AnswerMargin;
        using var aborting = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        try
        {
            await (
                invocation.IsFifo
                    ? ByGroupAsync(invocation, deadline, aborting.Token)
                    : AllAsync(invocation.Messages, deadline, aborting.Token)
            );
            await invocation.Settled.WaitAsync(aborting.Token);
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            Log.DeadlineNear(logger, invocation.Messages.Count);
        }
    }

    private async Task AllAsync(
        IReadOnlyList<ReceivedMessage> messages,
        DateTimeOffset deadline,
        CancellationToken aborting
    )
    {
        var batches = new List<Task>();
        for (var start = 0; start < messages.Count; )
        {
            var taken = await slots.TakeAsync(aborting);
            var count = Math.Min(taken, messages.Count - start);
            slots.GiveBack(taken - count);
            batches.Add(pipeline.ProcessAsync(Admit(messages.Skip(start).Take(count), deadline), aborting));
            start += count;
        }

        await Task.WhenAll(batches);
    }

    /// <summary>In order within a group; the first that fails stops its group, since what follows must not overtake it.</summary>
    private Task ByGroupAsync(Invocation invocation, DateTimeOffset deadline, CancellationToken aborting) =>
        Task.WhenAll(
            invocation
                .Messages.GroupBy(message => message.MessageGroupId, StringComparer.Ordinal)
                .Select(group => OneByOneAsync(invocation, [.. group], deadline, aborting))
        );

    private async Task OneByOneAsync(
        Invocation invocation,
        IReadOnlyList<ReceivedMessage> group,
        DateTimeOffset deadline,
        CancellationToken aborting
    )
    {
        for (var index = 0; index < group.Count; index++)
        {
            await AllAsync([group[index]], deadline, aborting);
            await invocation.SettledAsync(group[index].MessageId).WaitAsync(aborting);
            if (invocation.HasFailed(group[index].MessageId))
            {
                foreach (var follower in group.Skip(index + 1))
                {
                    invocation.Fail(follower.MessageId);
                }

                return;
            }
        }
    }

    /// <summary>
    /// Visibility outlives the function (six times its time-out, by AWS's advice); the deadline is what ends our claim. It counts from
    /// the beginning of the invocation: what has its turn late in a batch has little left, and all of it the next time.
    /// </summary>
    private List<Delivery> Admit(IEnumerable<ReceivedMessage> messages, DateTimeOffset deadline)
    {
        var started = time.GetTimestamp();
        var batch = messages.Select(message => new Delivery(message, _began, deadline - _began, started)).ToList();
        inFlight.Add(batch);
        return batch;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 280,
            Level = LogLevel.Error,
            Message = "Invocation {RequestId} is not a batch of SQS messages."
        )]
        public static partial void NotAnSqsEvent(ILogger logger, string requestId);

        [LoggerMessage(
            EventId = 281,
            Level = LogLevel.Warning,
            Message = "The deadline of a batch of {Count} is near; what is not done is answered as failed."
        )]
        public static partial void DeadlineNear(ILogger logger, int count);
    }
}
