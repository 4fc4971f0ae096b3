using System.Text;
using Events;
using GenesysApi.Budget;
using GenesysApi.Tests.Budget;
using GenesysApi.Tests.Simulated;
using Processor.Effects;
using Processor.Enrichment;
using Processor.Recording;
using Processor.Testing.Building;
using Processor.Testing.Outside;
using Processor.Testing.World;
using Processor.Tests.Contracts;
using Processor.Tests.Enrichment;
using Simulation.Tables;

namespace Simulation.Contracts;

/// <summary>The timelines of a history, held to what the table of events is held to.</summary>
public sealed class SimulatedTimelinesTests : TimelineTableContract
{
    private readonly FakeEventTable _events = new(TimeProvider.System, new Random(1));
    private readonly Faults _faults = new(TimeProvider.System, new Random(1));

    private protected override async Task<ITimelineTable> NewTableAsync()
    {
        foreach (var envelope in Samples.Call(TimelineSamples.ConversationId).Reverse())
        {
            var decoded = Assert.IsType<Decoded.Event>(EventDecoder.Decode(Encoding.UTF8.GetBytes(envelope))).Value;
            var items = EventItems.Of(decoded, decoded.PublishedAt, decoded.PublishedAt, TimeSpan.FromDays(90));
            await _events.WriteAsync(items, TestContext.Current.CancellationToken);
        }

        return new SimulatedTimelines(_events, _faults).SeenBy(new Lifeline());
    }

    private protected override ITimelineTable NewMissingTable()
    {
        _faults.IsAway = true;
        return new SimulatedTimelines(_events, _faults).SeenBy(new Lifeline());
    }
}

/// <summary>The store of production on the table of claims of a history, held to what it is held to on a real one.</summary>
public sealed class SimulatedClaimsTests : ClaimStoreContract, IDisposable
{
    private readonly SimulatedClaims _claims;

    public SimulatedClaimsTests() => _claims = new SimulatedClaims(Time, new Faults(Time, new Random(1)));

    public void Dispose()
    {
        Assert.Null(_claims.Broken);
        _claims.Dispose();
    }

    private protected override Task<IClaimStore> NewStoreAsync() => Task.FromResult(_claims.SeenBy(Time));

    private protected override Task<IClaimStore> NewMissingStoreAsync()
    {
        _claims.Faults.IsAway = true;
        return NewStoreAsync();
    }
}

/// <summary>The summaries of a history, held to what the table of conversations is held to.</summary>
public sealed class SimulatedSummariesTests : SummaryTableContract
{
    private protected override ISummaryTable Table { get; } =
        new SimulatedSummaries(new Faults(TimeProvider.System, new Random(1))).SeenBy(new Lifeline());
}

/// <summary>The budget of a history, held to what the table of the budget is held to.</summary>
public sealed class SimulatedBudgetTests : BudgetStoreContract
{
    protected override IBudgetStore Store { get; } =
        new SimulatedBudget(
            new InMemoryBudgetStore(),
            new Faults(TimeProvider.System, new Random(1)),
            new Lifeline(),
            new NobodyWatches()
        );

    private sealed class NobodyWatches : IBudgetWatch
    {
        public void Written(BudgetRecord record, BudgetWrite write) { }

        public void Heard(bool isSure) { }
    }
}
