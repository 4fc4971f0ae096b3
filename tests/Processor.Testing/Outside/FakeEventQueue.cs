using Processor.Receiving;
using Processor.Testing.World;

namespace Processor.Testing.Outside;

/// <summary>
/// SQS in memory, with what makes it hard: handles that expire, duplicates, receives that go on after the caller gave up, partial
/// failures, a redrive policy that counts receives, retention. Passes the same contract tests as SQS itself.
/// </summary>
internal sealed class FakeEventQueue(TimeProvider time, Random random) : IEventQueue
{
    private static readonly TimeSpan DelayMax = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly List<StoredMessage> _messages = [];
    private int _sent;
    private LongPolls? _polls;

    public Faults Faults { get; } = new(time, random);

    private LongPolls Polls => _polls ??= new LongPolls(time, Changed);

    /// <summary>How long a receive waits for a first message.</summary>
    public TimeSpan WaitTime { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(4);

    /// <summary>The receive after this many moves the message away: the backstop.</summary>
    public int ReceiveCountMax { get; init; } = 20;

    /// <summary>One group has one message in flight at a time, in order.</summary>
    public bool IsFifo { get; init; }

    /// <summary>Any visible message may come first, as in a standard queue.</summary>
    public bool Shuffles { get; set; }

    /// <summary>How likely a receive brings one of its messages twice.</summary>
    public double TwinRate { get; set; }

    /// <summary>How likely a message that is handed out stays visible to others.</summary>
    public double RedeliveryRate { get; set; }

    /// <summary>How likely a receive answers empty although there are messages.</summary>
    public double EmptyReceiveRate { get; set; }

    /// <summary>What the redrive policy moved away, reason unknown. Empty in a system that decides for itself.</summary>
    public List<StoredMessage> MovedByPolicy { get; } = [];

    /// <summary>What outlived retention: lost.</summary>
    public List<StoredMessage> Expired { get; } = [];

    /// <summary>How often a message came back because nobody finished it, gave it back or renewed it in time.</summary>
    public int RanOutTotal { get; private set; }

    public int DeletedTotal { get; private set; }

    public int ReceivedTotal { get; private set; }

    public IReadOnlyList<StoredMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count == 0;
            }
        }
    }

    /// <summary>What a producer does.</summary>
    /// <returns>The message's id.</returns>
    public string Send(
        string body,
        IReadOnlyDictionary<string, string>? attributes = null,
        TimeSpan delay = default,
        string? groupId = null
    )
    {
        string id;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            id = $"message-{++_sent}";
            _messages.Add(
                new StoredMessage(id, body, attributes ?? new Dictionary<string, string>(), now)
                {
                    GroupId = groupId,
                    VisibleAt = now + delay,
                }
            );
        }

        Changed();
        return id;
    }

    /// <summary>The queue forgets that it handed this out: the next receive brings it again.</summary>
    public void ShowAgain(string id)
    {
        lock (_gate)
        {
            if (_messages.Find(message => message.Id == id) is { } message)
            {
                message.VisibleAt = time.GetUtcNow();
            }
        }

        Changed();
    }

    /// <summary>The same for all that is under way: every receipt handle loses its hold.</summary>
    public void ShowAllAgain()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var message in _messages.FindAll(message => message.IsInFlight(now)))
            {
                message.VisibleAt = now;
            }
        }

        Changed();
    }

    public Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 10);
        return Asking.AskAsync(() => ServeReceiveAsync(max), cancellationToken);
    }

    public Task<DeleteAnswer[]> DeleteAsync(
        IReadOnlyList<ReceivedMessage> messages,
        CancellationToken cancellationToken
    ) => ServeBatchAsync(nameof(DeleteAsync), messages, Delete_NeedsLock, DeleteAnswer.Unavailable, cancellationToken);

    public Task<VisibilityAnswer[]> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes,
        CancellationToken cancellationToken
    ) =>
        ServeBatchAsync(
            nameof(ChangeVisibilityAsync),
            changes,
            Hide_NeedsLock,
            VisibilityAnswer.Unavailable,
            cancellationToken
        );

    public Task<bool> SendAgainAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, DelayMax);
        return Asking.AskAsync(
            async () =>
            {
                var fault = await Faults.ArriveAsync(nameof(SendAgainAsync));
                var taken = fault != Fault.Away && SqsLimits.Takes(body, attributes);
                if (taken)
                {
                    Send(body, attributes, delay);
                }

                await Faults.TravelAsync();
                return taken && fault != Fault.AnswerLost;
            },
            cancellationToken
        );
    }

    private async Task<ReceiveAnswer> ServeReceiveAsync(int max)
    {
        var fault = await Faults.ArriveAsync(nameof(ReceiveAsync));
        if (fault == Fault.Away)
        {
            await Faults.TravelAsync();
            return new ReceiveAnswer.Unavailable("away");
        }

        // Whoever asked may have given up: SQS does not know, and hands out all the same.
        var received = await WaitForMessagesAsync(max);
        await Faults.TravelAsync();
        return fault == Fault.AnswerLost
            ? new ReceiveAnswer.Unavailable("answer-lost")
            : new ReceiveAnswer.Messages(received);
    }

    private async Task<List<ReceivedMessage>> WaitForMessagesAsync(int max)
    {
        var answersEmpty = Faults.Happens(EmptyReceiveRate, nameof(ReceiveAsync), "Empty");
        var ends = time.GetUtcNow() + (answersEmpty ? TimeSpan.Zero : WaitTime);
        while (true)
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            List<ReceivedMessage> received;
            TimeSpan wait;
            lock (_gate)
            {
                var now = time.GetUtcNow();
                received = HandOut_NeedsLock(max, now);
                wait = LongPolls.InWholeMilliseconds(ends - now);
                if (received.Count == 0 && wait > TimeSpan.Zero)
                {
                    Polls.Add(changed);
                }
            }

            // What is left is for the others that wait, and if nothing is, they are to look when there is.
            Changed();
            if (received.Count > 0 || wait <= TimeSpan.Zero)
            {
                return received;
            }

            // No exception tells of it: there are thousands of these in a history.
            await using var timer = time.CreateTimer(
                static changed => ((TaskCompletionSource)changed!).TrySetResult(),
                changed,
                wait,
                Timeout.InfiniteTimeSpan
            );
            await changed.Task;
            lock (_gate)
            {
                Polls.Remove(changed);
            }
        }
    }

    private List<ReceivedMessage> HandOut_NeedsLock(int max, DateTimeOffset now)
    {
        var received = new List<ReceivedMessage>();
        RemoveWhatIsOver_NeedsLock(now);
        var visible = _messages.FindAll(message => message.VisibleAt <= now);
        while (received.Count < max && Choose_NeedsLock(visible, now) is { } message)
        {
            RanOutTotal += message.HasRunOut(VisibilityTimeout, now) ? 1 : 0;
            received.Add(message.HandOut(now, VisibilityTimeout));
            ReceivedTotal++;

            if (received.Count < max && Faults.Happens(TwinRate, nameof(ReceiveAsync), "Twin"))
            {
                received.Add(message.HandOut(now, VisibilityTimeout));
            }

            if (Faults.Happens(RedeliveryRate, nameof(ReceiveAsync), "Redelivered"))
            {
                // Soon, and to anybody: at least once is what SQS promises.
                message.VisibleAt = now + TimeSpan.FromSeconds(1);
            }
        }

        return received;
    }

    private StoredMessage? Choose_NeedsLock(List<StoredMessage> visible, DateTimeOffset now)
    {
        while (visible.Count > 0)
        {
            var index = Shuffles ? (int)(Faults.Draw() * visible.Count) : 0;
            var chosen = visible[index];
            visible.RemoveAt(index);
            if (!(IsFifo && IsBlocked_NeedsLock(chosen, now)))
            {
                return chosen;
            }
        }

        return null;
    }

    private bool IsBlocked_NeedsLock(StoredMessage message, DateTimeOffset now) =>
        _messages
            .TakeWhile(earlier => earlier != message)
            .Any(earlier => earlier.GroupId == message.GroupId && earlier.IsInFlight(now));

    private void RemoveWhatIsOver_NeedsLock(DateTimeOffset now)
    {
        for (var index = _messages.Count - 1; index >= 0; index--)
        {
            var message = _messages[index];
            var isMoved = message.VisibleAt <= now && message.ReceiveCount >= ReceiveCountMax;
            if (isMoved || now - message.SentAt > Retention)
            {
                (isMoved ? MovedByPolicy : Expired).Add(message);
                _messages.RemoveAt(index);
            }
        }
    }

    private DeleteAnswer Delete_NeedsLock(ReceivedMessage message)
    {
        // A handle of an earlier receive is accepted and does nothing.
        DeletedTotal += _messages.RemoveAll(stored => stored.Handle == message.ReceiptHandle);
        return DeleteAnswer.Deleted;
    }

    private VisibilityAnswer Hide_NeedsLock(VisibilityChange change) =>
        _messages
            .Find(stored => stored.Id == change.Message.MessageId)
            ?.TryHide(change.Message.ReceiptHandle, change.Hidden, time.GetUtcNow()) == true
            ? VisibilityAnswer.Changed
            : VisibilityAnswer.Lost;

    private Task<TAnswer[]> ServeBatchAsync<TEntry, TAnswer>(
        string operation,
        IReadOnlyList<TEntry> entries,
        Func<TEntry, TAnswer> serve_NeedsLock,
        TAnswer unavailable,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count, 10);
        return Asking.AskAsync(
            async () =>
            {
                var fault = await Faults.ArriveAsync(operation, isBatch: true);
                var answers = new TAnswer[entries.Count];
                Array.Fill(answers, unavailable);
                if (fault != Fault.Away)
                {
                    var unserved = Faults.Unserved(fault, entries.Count);
                    lock (_gate)
                    {
                        for (var position = 0; position < entries.Count; position++)
                        {
                            answers[position] = unserved[position] ? unavailable : serve_NeedsLock(entries[position]);
                        }
                    }

                    if (IsFifo || operation != nameof(DeleteAsync))
                    {
                        Changed();
                    }
                }

                if (fault == Fault.AnswerLost)
                {
                    Array.Fill(answers, unavailable);
                }

                await Faults.TravelAsync();
                return answers;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Whoever may find something looks again: one that waits for each message that can be seen. The others go on waiting, and one
    /// alarm for all of them is set to when the next message can be.
    /// </summary>
    private void Changed()
    {
        var looking = new List<TaskCompletionSource>();
        lock (_gate)
        {
            if (Polls.IsEmpty)
            {
                return;
            }

            var now = time.GetUtcNow();
            var next = DateTimeOffset.MaxValue;
            foreach (var message in _messages)
            {
                if (message.VisibleAt > now)
                {
                    next = message.VisibleAt < next ? message.VisibleAt : next;
                }
                else if (!Polls.IsEmpty && !(IsFifo && IsBlocked_NeedsLock(message, now)))
                {
                    looking.Add(Polls.Take(Faults.Draw()));
                }
            }

            Polls.SetAlarm(now, next);
        }

        looking.ForEach(changed => changed.TrySetResult());
    }
}
