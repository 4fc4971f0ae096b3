using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using Processor.Testing.Watching;
using Processor.Testing.World;
using Simulation.Genesys;

namespace Simulation.Histories;

/// <summary>
/// A process beside the Processors that works for a person, as Operations does: it calls the API from the reserve, some calls at
/// once and then none for a while.
/// </summary>
internal sealed class Operator : IDisposable
{
    private const string Name = "operator";
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly SilentMeters _meters = new();
    private readonly Lifeline _life = new();
    private readonly TimeProvider _time;
    private readonly ProcessApi _api;
    private readonly Plan _plan;
    private readonly Outside _outside;

    public Operator(Plan plan, Outside outside)
    {
        (_plan, _outside) = (plan, outside);
        _time = new ProcessClock(outside.World.Time, TimeSpan.Zero, _life);
        _api = new ProcessApi(Name, outside, _life, _time, _meters);
    }

    public bool IsDone { get; private set; }

    /// <summary>The longest that a call took which began after everything was well.</summary>
    public TimeSpan LongestWait { get; private set; }

    public async Task RunAsync()
    {
        var random = _outside.World.Random;
        await Task.Delay(_plan.OperatorBegins, _time, CancellationToken.None);
        for (var burst = 0; burst < _plan.OperatorBursts; burst++)
        {
            await Task.WhenAll(Enumerable.Range(0, random.Next(4, 13)).Select(CallAsync));
            await PauseAsync(TimeSpan.FromSeconds(random.Next(3, 14)));
        }

        await _api.Budget.DisposeAsync();
        IsDone = true;
    }

    public void Dispose() => _meters.Dispose();

    private async Task CallAsync(int call)
    {
        var (began, isWell) = (_outside.World.Elapsed, _outside.IsWell);
        await CallUntilServedAsync($"00000000-0000-0000-0000-{call:D12}");
        var waited = _outside.World.Elapsed - began;
        LongestWait = isWell && waited > LongestWait ? waited : LongestWait;
    }

    private async Task CallUntilServedAsync(string conversationId)
    {
        while (true)
        {
            var outcome = await _api.Client.GetConversationDetailsAsync(
                [conversationId],
                BudgetClass.Operator,
                CancellationToken.None
            );
            switch (outcome)
            {
                case ApiOutcome<IReadOnlyList<ConversationDetails>>.Deferred deferred:
                    var wait = deferred.Until - _time.GetUtcNow();
                    await PauseAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
                    break;
                case ApiOutcome<IReadOnlyList<ConversationDetails>>.Unavailable
                or ApiOutcome<IReadOnlyList<ConversationDetails>>.Ambiguous:
                    await PauseAsync(AfterFailure);
                    break;
                default:
                    return;
            }
        }
    }

    /// <summary>A timer cuts to whole milliseconds.</summary>
    private Task PauseAsync(TimeSpan pause) =>
        Task.Delay(pause + TimeSpan.FromMilliseconds(1), _time, CancellationToken.None);
}
