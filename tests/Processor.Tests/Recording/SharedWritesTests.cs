using Processor.Recording;
using Testing;

namespace Processor.Tests.Recording;

public sealed class SharedWritesTests
{
    private static readonly RecordingOptions Options = new();
    private static readonly WriteAnswer Refused = new WriteAnswer.Refused("ValidationException");

    private readonly ManualTimeProvider _time = new();
    private readonly HeldTable _table = new();
    private readonly SharedWrites _writes;
    private int _items;

    public SharedWritesTests() => _writes = new SharedWrites(_table, Options, _time);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_that_nobody_travels_with_is_written_at_once()
    {
        var alone = WriteAsync(10);

        await AssertSizesAsync(10);
        _table.Answer(0, WriteAnswer.Written.All);
        Assert.Same(WriteAnswer.Written.All, await alone);
    }

    [Fact]
    public async Task Batches_that_fill_a_write_leave_at_once_although_another_is_under_way()
    {
        _ = WriteAsync(10);

        _ = WriteAsync(10);
        _ = WriteAsync(10);

        await AssertSizesAsync(10, 20);
    }

    [Fact]
    public async Task A_batch_that_waits_leaves_when_the_write_before_it_is_answered()
    {
        _ = WriteAsync(10);
        _ = WriteAsync(10);
        await AssertSizesAsync(10);

        _table.Answer(0, WriteAnswer.Written.All);

        await AssertSizesAsync(10, 10);
    }

    [Fact]
    public async Task A_batch_that_waits_leaves_when_the_last_of_those_before_it_is_answered()
    {
        _ = WriteAsync(10);
        _ = WriteAsync(10);
        _ = WriteAsync(10);
        await AssertSizesAsync(10, 20);
        var waits = WriteAsync(10);

        _table.Answer(0, WriteAnswer.Written.All);
        Assert.Equal([10, 20], _table.Sizes);
        _table.Answer(1, WriteAnswer.Written.All);

        await AssertSizesAsync(10, 20, 10);
        Assert.False(waits.IsCompleted);
    }

    [Fact]
    public async Task A_batch_that_waits_leaves_when_the_write_before_it_fails()
    {
        _ = WriteAsync(10);
        _ = WriteAsync(10);

        _table.Fail(0);

        await AssertSizesAsync(10, 10);
    }

    [Fact]
    public async Task A_write_that_hangs_keeps_the_next_batch_for_the_linger_only()
    {
        _ = WriteAsync(10);
        _ = WriteAsync(10);

        _time.Advance(Options.Linger - TimeSpan.FromMilliseconds(1));
        Assert.Equal([10], _table.Sizes);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await AssertSizesAsync(10, 10);
    }

    [Fact]
    public async Task A_batch_that_would_not_fit_goes_in_the_next_write()
    {
        _ = WriteAsync(10);
        _ = WriteAsync(15);

        _ = WriteAsync(11);

        await AssertSizesAsync(10, 15);
        _time.Advance(Options.Linger);
        await AssertSizesAsync(10, 15, 11);
    }

    [Fact]
    public async Task One_key_never_stands_twice_in_a_write()
    {
        _ = WriteAsync(1);
        _ = _writes.WriteAsync([Item("same"), Item("other")], CancellationToken);

        _ = _writes.WriteAsync([Item("another"), Item("same")], CancellationToken);

        await AssertSizesAsync(1, 2);
        _time.Advance(Options.Linger);
        await AssertSizesAsync(1, 2, 2);
    }

    [Fact]
    public async Task Each_batch_hears_of_its_own_unprocessed_items_only()
    {
        _ = WriteAsync(1);
        var first = WriteAsync(10);
        var second = WriteAsync(10);
        await AssertSizesAsync(1, 20);

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
        await AssertSizesAsync(1, 20);

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
        await AssertSizesAsync(1, 16);

        _table.Answers = size => size == 1 ? Refused : WriteAnswer.Written.All;
        _table.Answer(1, Refused);

        Assert.Same(Refused, await wrong);
        Assert.Same(WriteAnswer.Written.All, await right);
        Assert.Equal([1, 1, 15, 16], _table.Sizes.Order());
    }

    [Fact]
    public async Task A_batch_that_waited_alone_and_is_refused_is_not_asked_for_again()
    {
        _ = WriteAsync(1);
        var refused = WriteAsync(1);
        _table.Answer(0, WriteAnswer.Written.All);
        await AssertSizesAsync(1, 1);

        _table.Answer(1, Refused);

        Assert.Same(Refused, await refused);
        Assert.Equal([1, 1], _table.Sizes);
    }

    [Fact]
    public async Task A_bug_is_found_out_for_each_batch_too()
    {
        _ = WriteAsync(1);
        var first = WriteAsync(10);
        var second = WriteAsync(6);
        await AssertSizesAsync(1, 16);

        _table.Answers = size => size == 10 ? throw new InvalidOperationException("a bug") : WriteAnswer.Written.All;
        _table.Fail(1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        Assert.Same(WriteAnswer.Written.All, await second);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_others_their_answer()
    {
        using var givingUp = new CancellationTokenSource();
        _ = WriteAsync(1);
        var patient = WriteAsync(10);
        var impatient = _writes.WriteAsync(Items(10), givingUp.Token);
        await AssertSizesAsync(1, 20);

        await givingUp.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => impatient);
        _table.Answer(1, WriteAnswer.Written.All);
        Assert.Same(WriteAnswer.Written.All, await patient);
    }

    [Fact]
    public async Task When_the_one_that_writes_for_all_gives_up_the_others_ask_for_themselves()
    {
        using var givingUp = new CancellationTokenSource();
        _ = WriteAsync(1);
        var impatient = _writes.WriteAsync(Items(10), givingUp.Token);
        var patient = WriteAsync(6);
        await AssertSizesAsync(1, 16);

        _table.Answers = _ => WriteAnswer.Written.All;
        await givingUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Same(WriteAnswer.Written.All, await patient);
        await AssertSizesAsync(1, 16, 6);
    }

    /// <summary>Under load from many threads: each item is written, in no write are more than 25 or one twice, and every batch has its answer.</summary>
    [Fact]
    public async Task Batches_of_many_threads_are_each_written_as_they_are()
    {
        var table = new CheckingTable();
        var writes = new SharedWrites(table, Options, TimeProvider.System);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2_000),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = CancellationToken },
            async (batch, cancellationToken) =>
            {
                var items = Enumerable.Range(0, 1 + (batch % 10)).Select(item => Item($"{batch % 40}-{item}")).ToList();
                var answer = Assert.IsType<WriteAnswer.Written>(await writes.WriteAsync(items, cancellationToken));
                var left = items.Where(item => CheckingTable.IsLeft(item.Sort)).Select(item => items.IndexOf(item));
                Assert.Equal(left, answer.Unprocessed);
            }
        );

        Assert.Empty(table.Faults);
        Assert.InRange(table.Calls, 1, 1_999);
    }

    private async Task AssertSizesAsync(params int[] sizes)
    {
        await _table.CalledAsync(sizes.Length);
        Assert.Equal(sizes, _table.Sizes);
    }

    private Task<WriteAnswer> WriteAsync(int count) => _writes.WriteAsync(Items(count), CancellationToken);

    private List<EventItem> Items(int count) => [.. Enumerable.Range(0, count).Select(_ => Item($"{_items++}"))];

    private static EventItem Item(string sort) => new("conversation:c", sort, "kind", "envelope", 0, 0, 0, 0);

    /// <summary>Answers when it is told to, or from now on at once.</summary>
    private sealed class HeldTable : IEventTable
    {
        private readonly Lock _gate = new();
        private readonly List<(int Size, TaskCompletionSource<WriteAnswer> Answer)> _calls = [];
        private TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<int, WriteAnswer>? Answers { get; set; }

        public IReadOnlyList<int> Sizes
        {
            get
            {
                lock (_gate)
                {
                    return [.. _calls.Select(call => call.Size)];
                }
            }
        }

        public async Task CalledAsync(int calls)
        {
            while (true)
            {
                Task called;
                lock (_gate)
                {
                    if (_calls.Count >= calls)
                    {
                        return;
                    }

                    called = _called.Task;
                }

                await called.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken);
            }
        }

        public void Answer(int call, WriteAnswer answer) => _calls[call].Answer.SetResult(answer);

        public void Fail(int call) => _calls[call].Answer.SetException(new InvalidOperationException("a bug"));

        public Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<WriteAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                _calls.Add((items.Count, answer));
                _called.SetResult();
                _called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (Answers is { } answers)
            {
                answer.SetResult(answers(items.Count));
            }

            return answer.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Leaves some items unprocessed, always the same, and notes what no table would take.</summary>
    private sealed class CheckingTable : IEventTable
    {
        private int _calls;

        public System.Collections.Concurrent.ConcurrentQueue<string> Faults { get; } = [];

        public int Calls => _calls;

        public static bool IsLeft(string sort) => sort.EndsWith("-3", StringComparison.Ordinal);

        public async Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            await Task.Yield();
            if (items.Count > IEventTable.ItemsMax || items.DistinctBy(item => item.Sort).Count() < items.Count)
            {
                Faults.Enqueue($"{items.Count} items: {string.Join(", ", items.Select(item => item.Sort))}");
            }

            return new WriteAnswer.Written([
                .. Enumerable.Range(0, items.Count).Where(position => IsLeft(items[position].Sort)),
            ]);
        }
    }
}
