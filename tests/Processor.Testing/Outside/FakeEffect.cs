using Events;
using Processor.Effects;
using Processor.Testing.World;

namespace Processor.Testing.Outside;

/// <summary>
/// A side effect whose truth is known: how often it really happened, whatever its callers believe. An answer that is lost is
/// ambiguous to the caller, as it is with a POST.
/// </summary>
internal sealed class FakeEffect(TimeProvider time, Random random) : IEffectHandler
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _happened = [];

    public Faults Faults { get; } = new(time, random);

    public string Name { get; init; } = "fake-effect";

    /// <summary>Which events it is for.</summary>
    public Predicate<GenesysEvent> For { get; init; } =
        genesysEvent => genesysEvent.DetailType.EndsWith(".customer.end", StringComparison.Ordinal);

    /// <summary>How long the outside world takes, before it acts.</summary>
    public TimeSpan Takes { get; set; }

    /// <summary>What the next runs answer instead of acting; nothing happens then.</summary>
    public Queue<EffectAnswer> Answers { get; } = [];

    /// <summary>Findings cannot be had.</summary>
    public bool CannotTell { get; set; }

    /// <summary>Findings cannot be asked for before this.</summary>
    public DateTimeOffset? AskLaterUntil { get; set; }

    /// <summary>Whoever asks before this is told not to begin.</summary>
    public DateTimeOffset? ClosedUntil { get; set; }

    /// <summary>Called when it has happened and nobody has been told yet.</summary>
    public Action<GenesysEvent> Happened { get; set; } = _ => { };

    /// <summary>Called when it is about to begin.</summary>
    public Action<GenesysEvent> Began { get; set; } = _ => { };

    public int Runs => Faults.CallsOf(nameof(ApplyAsync));

    public int Findings => Faults.CallsOf(nameof(FindOutAsync));

    /// <summary>How often it happened, by natural key.</summary>
    public IReadOnlyDictionary<string, int> Truth
    {
        get
        {
            lock (_gate)
            {
                return _happened.ToDictionary();
            }
        }
    }

    public bool Handles(GenesysEvent genesysEvent) => For(genesysEvent);

    public EffectAnswer.Deferred? MustWait(GenesysEvent genesysEvent) =>
        ClosedUntil > time.GetUtcNow() ? new EffectAnswer.Deferred(ClosedUntil.Value, "budget empty") : null;

    public Task<EffectAnswer> ApplyAsync(GenesysEvent genesysEvent, DateTimeOffset notAfter, CancellationToken lost) =>
        time.GetUtcNow() < notAfter
            ? Asking.AskAsync(() => ServeAsync(genesysEvent), lost)
            : Task.FromResult<EffectAnswer>(new EffectAnswer.Deferred(time.GetUtcNow(), "too late"));

    public Task<EffectFinding> FindOutAsync(GenesysEvent genesysEvent, CancellationToken lost) =>
        Asking.AskAsync<EffectFinding>(
            async () =>
            {
                var fault = await Faults.ArriveAsync(nameof(FindOutAsync));
                var happened = Truth.ContainsKey(genesysEvent.NaturalKey);
                await Faults.TravelAsync();

                return AskLaterUntil is { } until && until > time.GetUtcNow()
                        ? new EffectFinding.AskLater(until, "budget-empty")
                    : fault != Fault.None || CannotTell ? new EffectFinding.Unknown("away")
                    : happened ? new EffectFinding.Happened()
                    : new EffectFinding.DidNotHappen();
            },
            lost
        );

    private async Task<EffectAnswer> ServeAsync(GenesysEvent genesysEvent)
    {
        Began(genesysEvent);
        var fault = await Faults.ArriveAsync(nameof(ApplyAsync));
        if (Answers.TryDequeue(out var answer))
        {
            return answer;
        }

        if (fault == Fault.Away)
        {
            await Faults.TravelAsync();
            return new EffectAnswer.Failed("away");
        }

        if (Takes > TimeSpan.Zero)
        {
            await Task.Delay(Takes, time, CancellationToken.None);
        }

        lock (_gate)
        {
            _happened[genesysEvent.NaturalKey] = _happened.GetValueOrDefault(genesysEvent.NaturalKey) + 1;
        }

        Happened(genesysEvent);
        await Faults.TravelAsync();
        return fault == Fault.AnswerLost
            ? new EffectAnswer.Ambiguous("answer-lost")
            : new EffectAnswer.Completed("applied");
    }
}
