using Events.DeadLetters;
using Processor.Processing;
using Processor.Settlement;
using Processor.Testing.Outside;
using Processor.Tests.Emulated;

namespace Processor.Tests.Contracts;

/// <summary>What settlement relies on in its record of attempts.</summary>
public abstract class AttemptStoreContract
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private protected abstract Task<IAttemptStore> NewStoreAsync();

    private protected abstract Task<IAttemptStore> NewMissingStoreAsync();

    [Fact]
    public async Task Each_failure_adds_one()
    {
        var store = await NewStoreAsync();

        Assert.Equal(1, (await CountAsync(store, "event", FailureClass.Transient)).Attempts);
        Assert.Equal(2, (await CountAsync(store, "event", FailureClass.Transient)).Attempts);
    }

    [Fact]
    public async Task Each_class_has_a_sum_of_its_own()
    {
        var store = await NewStoreAsync();
        await CountAsync(store, "event", FailureClass.Transient);
        await CountAsync(store, "event", FailureClass.Transient);

        Assert.Equal(1, (await CountAsync(store, "event", FailureClass.Permanent)).Attempts);
        Assert.Equal(1, (await CountAsync(store, "event", FailureClass.Poison)).Attempts);
    }

    [Fact]
    public async Task Each_event_has_a_sum_of_its_own()
    {
        var store = await NewStoreAsync();
        await CountAsync(store, "event", FailureClass.Transient);

        Assert.Equal(1, (await CountAsync(store, "other", FailureClass.Transient)).Attempts);
    }

    [Fact]
    public async Task The_time_of_the_first_failure_stays_and_that_of_the_last_moves()
    {
        var store = await NewStoreAsync();
        var first = await CountAsync(store, "event", FailureClass.Transient);

        var second = await CountAsync(store, "event", FailureClass.Transient);

        Assert.Equal(first.FirstFailedAt.ToUnixTimeMilliseconds(), second.FirstFailedAt.ToUnixTimeMilliseconds());
        Assert.True(second.LastFailedAt >= first.LastFailedAt);
    }

    [Fact]
    public async Task Replicas_that_count_at_once_are_all_counted()
    {
        var store = await NewStoreAsync();

        var counted = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => CountAsync(store, "event", FailureClass.Transient))
        );

        Assert.Equal(Enumerable.Range(1, 8), counted.Select(answer => answer.Attempts).Order());
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_unavailable()
    {
        var store = await NewMissingStoreAsync();

        Assert.IsType<AttemptAnswer.Unavailable>(
            await store.CountAsync("event", FailureClass.Transient, CancellationToken)
        );
    }

    private static async Task<AttemptAnswer.Counted> CountAsync(
        IAttemptStore store,
        string key,
        FailureClass failureClass
    ) => Assert.IsType<AttemptAnswer.Counted>(await store.CountAsync(key, failureClass, CancellationToken));
}

public sealed class FakeAttemptStoreTests : AttemptStoreContract
{
    private readonly FakeAttemptStore _store = new(TimeProvider.System, new Random(1));

    private protected override Task<IAttemptStore> NewStoreAsync() => Task.FromResult<IAttemptStore>(_store);

    private protected override Task<IAttemptStore> NewMissingStoreAsync()
    {
        _store.Faults.IsAway = true;
        return NewStoreAsync();
    }
}

public sealed class DynamoDbAttemptStoreTests(EmulatedAws aws) : AttemptStoreContract, IDisposable
{
    private EmulatedPipeline? _pipeline;

    public void Dispose() => _pipeline?.Dispose();

    private protected override async Task<IAttemptStore> NewStoreAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return _pipeline.Seams(TimeProvider.System).Attempts;
    }

    private protected override async Task<IAttemptStore> NewMissingStoreAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return new DynamoDbAttemptStore(
            _pipeline.DynamoDb,
            "nobody-made-it",
            new SettlementOptions(),
            TimeProvider.System,
            new Ledger(_pipeline.Metrics)
        );
    }
}
