using Processor.Recording;
using Testing;

namespace Processor.Tests.Recording;

public sealed class SharedWritesTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly HeldTable _table = new();
    private readonly SharedWrites _writes;
    private int _items;

    public SharedWritesTests() => _writes = new SharedWrites(_table, _time);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_that_nobody_travels_with_is_written_at_once()
    {
        var alone = WriteAsync(10);

        Assert.Equal([10], _table.Sizes);
        _table.Answer(0, WriteAnswer.Written.All);
        Assert.Same(WriteAnswer.Written.All, await alone);
    }

    [Fact]
    public void Batches_that_fill_a_write_leave_at_once_although_another_is_under_way()
    {
        _ = WriteAsync(10);

        _ = WriteAsync(10);
        _ = WriteAsync(10);

        Assert.Equal([10, 20], _table.Sizes);
    }

    [Fact]
    public void A_batch_that_waits_leaves_when_the_write_before_it_is_answered()
    {
        _ = WriteAsync(10);
        _ = WriteAsync(10);
        Assert.Equal([10], _table.Sizes);

        _table.Answer(0, WriteAnswer.Written.All);

        Assert.Equal([10, 10], _table.Sizes);
    }

    [Fact]
    public void A_batch_that_waits_leaves_when_the_write_before_it_fails()
    {
        _ = WriteAsync(10);
        _ = WriteAsync(10);

        _table.Fail(0, new InvalidOperationException("a bug"));

        Assert.Equal([10, 10], _table.Sizes);
    }

    [Fact]
    public void A_write_that_hangs_keeps_the_next_batch_for_the_linger_only()
    {
        _ = WriteAsync(10);
        _ = WriteAsync(10);

        _time.Advance(SharedWrites.Linger - TimeSpan.FromMilliseconds(1));
        Assert.Equal([10], _table.Sizes);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([10, 10], _table.Sizes);
    }

    [Fact]
    public void A_batch_that_would_not_fit_goes_in_the_next_write()
    {
        _ = WriteAsync(10);
        _ = WriteAsync(15);

        _ = WriteAsync(11);

        Assert.Equal([10, 15], _table.Sizes);
        _time.Advance(SharedWrites.Linger);
        Assert.Equal([10, 15, 11], _table.Sizes);
    }

    [Fact]
    public void One_key_never_stands_twice_in_a_write()
    {
        _ = WriteAsync(1);
        _ = _writes.WriteAsync([Item("same"), Item("other")], CancellationToken);

        _ = _writes.WriteAsync([Item("another"), Item("same")], CancellationToken);

        Assert.Equal([1, 2], _table.Sizes);
        _time.Advance(SharedWrites.Linger);
        Assert.Equal([1, 2, 2], _table.Sizes);
    }

    [Fact]
    public async Task Each_batch_hears_of_its_own_unprocessed_items_only()
    {
        _ = WriteAsync(1);
        var first = WriteAsync(10);
        var second = WriteAsync(10);

        _table.Answer(1, new WriteAnswer.Written([3, 10, 19]));

        Assert.Equal([3], Assert.IsType<WriteAnswer.Written>(await first).Unprocessed);
        Assert.Equal([0, 9], Assert.IsType<WriteAnswer.Written>(await second).Unprocessed);
    }

    [Fact]
    public async Task All_hear_that_the_table_is_away()
    {
        _ = WriteAsync(1);
        var first = WriteAsync(10);
        var second = WriteAsync(10);

        _table.Answer(1, new WriteAnswer.Unavailable("away"));

        Assert.Equal(new WriteAnswer.Unavailable("away"), await first);
        Assert.Equal(new WriteAnswer.Unavailable("away"), await second);
    }

    [Fact]
    public async Task A_refusal_is_found_out_for_each_batch_so_that_nobody_pays_for_anothers_item()
    {
        _ = WriteAsync(1);
        var wrong = WriteAsync(1);
        var right = WriteAsync(15);

        _table.Answers = size => size == 1 ? new WriteAnswer.Refused("ValidationException") : WriteAnswer.Written.All;
        _table.Answer(1, new WriteAnswer.Refused("ValidationException"));

        Assert.IsType<WriteAnswer.Refused>(await wrong);
        Assert.Same(WriteAnswer.Written.All, await right);
        Assert.Equal([1, 1, 15, 16], _table.Sizes.Order());
    }

    [Fact]
    public async Task A_batch_that_waited_alone_and_is_refused_is_not_asked_for_again()
    {
        _ = WriteAsync(1);
        var refused = WriteAsync(1);
        _table.Answer(0, WriteAnswer.Written.All);

        _table.Answer(1, new WriteAnswer.Refused("ValidationException"));

        Assert.IsType<WriteAnswer.Refused>(await refused);
        Assert.Equal([1, 1], _table.Sizes);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_others_their_answer()
    {
        using var givingUp = new CancellationTokenSource();
        _ = WriteAsync(1);
        var impatient = _writes.WriteAsync(Items(10), givingUp.Token);
        var patient = WriteAsync(10);

        await givingUp.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => impatient);
        Assert.False(_table.TokenOf(1).IsCancellationRequested);
        _table.Answer(1, WriteAnswer.Written.All);
        Assert.Same(WriteAnswer.Written.All, await patient);
    }

    [Fact]
    public async Task A_bug_reaches_each_batch_that_travelled_with_it()
    {
        _ = WriteAsync(1);
        var first = WriteAsync(10);
        var second = WriteAsync(10);

        _table.Fail(1, new InvalidOperationException("a bug"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => second);
    }

    private Task<WriteAnswer> WriteAsync(int count) => _writes.WriteAsync(Items(count), CancellationToken);

    private List<EventItem> Items(int count) => [.. Enumerable.Range(0, count).Select(_ => Item($"{_items++}"))];

    private static EventItem Item(string sort) => new("conversation:c", sort, "kind", "envelope", 0, 0, 0, 0);

    /// <summary>Answers when it is told to, or from now on at once.</summary>
    private sealed class HeldTable : IEventTable
    {
        private readonly Lock _gate = new();
        private readonly List<(int Size, TaskCompletionSource<WriteAnswer> Answer, CancellationToken Token)> _calls =
        [];

        public Func<int, WriteAnswer>? Answers { get; set; }

        public IEnumerable<int> Sizes => _calls.Select(call => call.Size);

        public CancellationToken TokenOf(int call) => _calls[call].Token;

        public void Answer(int call, WriteAnswer answer) => _calls[call].Answer.SetResult(answer);

        public void Fail(int call, Exception exception) => _calls[call].Answer.SetException(exception);

        public Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<WriteAnswer>();
            lock (_gate)
            {
                _calls.Add((items.Count, answer, cancellationToken));
            }

            if (Answers is { } answers)
            {
                answer.SetResult(answers(items.Count));
            }

            return answer.Task;
        }
    }
}
