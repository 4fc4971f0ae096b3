using Processor.Effects;
using Processor.Processing;
using Processor.Testing.Outside;
using Processor.Tests.Emulated;

namespace Processor.Tests.Contracts;

public sealed class FakeClaimStoreTests : ClaimStoreContract
{
    private readonly FakeClaimStore _store = new(TimeProvider.System, new Random(1), new EffectsOptions().ClockSkewMax);

    private protected override Task<IClaimStore> NewStoreAsync() => Task.FromResult(_store.SeenBy(Time));

    private protected override Task<IClaimStore> NewMissingStoreAsync()
    {
        _store.Faults.IsAway = true;
        return NewStoreAsync();
    }
}

public sealed class DynamoDbClaimStoreTests(EmulatedAws aws) : ClaimStoreContract, IDisposable
{
    private EmulatedPipeline? _pipeline;

    public void Dispose() => _pipeline?.Dispose();

    private protected override async Task<IClaimStore> NewStoreAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return _pipeline.Seams(Time).Claims;
    }

    private protected override async Task<IClaimStore> NewMissingStoreAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return new DynamoDbClaimStore(
            _pipeline.DynamoDb,
            "nobody-made-it",
            new EffectsOptions(),
            Time,
            new Ledger(_pipeline.Metrics)
        );
    }
}
