using Microsoft.Extensions.Logging;
using Processor.Announcing;
using Processor.Effects;
using Processor.Processing;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;
using Processor.Testing.Outside;
using Processor.Testing.Watching;
using Processor.Testing.World;

namespace Processor.Testing;

/// <summary>
/// A whole Processor: every part of production, from the pollers to the drain, on the seams it is given. It can be drained, killed
/// without a word, or made to stand still.
/// </summary>
internal sealed class ProcessorUnderTest : IDisposable
{
    private readonly CancellationTokenSource _draining = new();
    private readonly SilentMeters _silent = new();
    private readonly EventLoop _loop;
    private Task? _running;

    /// <summary>On fakes that it shares with other replicas.</summary>
    public ProcessorUnderTest(FakeAws aws, ProcessorSettings? settings = null)
        : this(new Lifeline(), aws, settings ?? new ProcessorSettings()) { }

    /// <summary>On seams of any kind.</summary>
    public ProcessorUnderTest(Seams seams, TimeProvider time, Random random, ProcessorSettings settings)
        : this(new Lifeline(), seams, time, random, settings) { }

    private ProcessorUnderTest(Lifeline life, FakeAws aws, ProcessorSettings settings)
        : this(life, aws, new ProcessClock(aws.Time, settings.ClockSkew, life), settings) { }

    private ProcessorUnderTest(Lifeline life, FakeAws aws, ProcessClock clock, ProcessorSettings settings)
        : this(life, aws.ConnectedBy(life, clock), clock, aws.Random, settings) { }

    /// <summary>In a process that has other parts too: they live and die together.</summary>
    public ProcessorUnderTest(Lifeline life, Seams seams, TimeProvider time, Random random, ProcessorSettings settings)
    {
        Life = life;
        var meters = settings.Meters ?? _silent;
        var processing = new ProcessingMetrics(meters);
        var recording = new RecordingMetrics(meters);

        Slots = new Slots(settings.Receiving.Slots);
        InFlight = new InFlight(Slots);
        var receiving = new ReceivingMetrics(meters, InFlight, time);
        Heartbeat = new Heartbeat(seams.Queue, InFlight, settings.Receiving, receiving, time, Log<Heartbeat>());
        var table = new TableBackoff(settings.Recording, time, random);
        Duplicates = new DuplicateCounts(settings.Recording);
        var recorder = new EventRecorder(
            seams.Table,
            table,
            Duplicates,
            settings.Recording,
            recording,
            time,
            random,
            Log<EventRecorder>()
        );
        var announcer = new ConversationAnnouncer(
            seams.Enrichment,
            settings.Announcing,
            new AnnouncingMetrics(meters),
            time,
            random
        );
        var deletes = new DeleteBuffer(
            seams.Queue,
            InFlight,
            Heartbeat,
            settings.Receiving,
            settings.Settlement,
            processing,
            time,
            random,
            Log<DeleteBuffer>()
        );
        var hides = new HideBuffer(
            seams.Queue,
            InFlight,
            Heartbeat,
            settings.Receiving,
            settings.Settlement,
            time,
            random,
            Log<HideBuffer>()
        );
        var settlement = new QueueSettlement(
            seams.Queue,
            seams.DeadLetters,
            seams.Attempts,
            deletes,
            hides,
            settings.Settlement,
            settings.Receiving,
            new SettlementMetrics(meters),
            time,
            random,
            Log<QueueSettlement>()
        );
        var guarded = new GuardedEffect(
            seams.Claims,
            settings.Effects,
            new EffectMetrics(meters),
            time,
            Log<GuardedEffect>()
        );
        var effects = new EffectWorkers(
            settings.Handlers.Select(handler => new EffectConnection(handler, life)),
            guarded,
            settlement,
            hides,
            settings.Effects,
            settings.Receiving,
            processing,
            time,
            random,
            Log<EffectWorkers>()
        );
        var pipeline = new EventPipeline(
            recorder,
            announcer,
            effects,
            deletes,
            settlement,
            processing,
            time,
            Log<EventPipeline>()
        );
        _loop = new EventLoop(
            () =>
                new Poller(
                    seams.Queue,
                    Slots,
                    InFlight,
                    table,
                    settings.Receiving,
                    receiving,
                    time,
                    random,
                    Log<Poller>()
                ),
            pipeline,
            effects,
            deletes,
            hides,
            Heartbeat,
            InFlight,
            settings.Receiving,
            settings.Processing,
            processing,
            time,
            Log<EventLoop>()
        );

        ILogger<T> Log<T>() => settings.Logs.CreateLogger<T>();
    }

    public Slots Slots { get; }

    public InFlight InFlight { get; }

    public Heartbeat Heartbeat { get; }

    public DuplicateCounts Duplicates { get; }

    public Lifeline Life { get; }

    /// <summary>The loop; it ends when the process has drained.</summary>
    public Task Running => _running ?? throw new InvalidOperationException("It was not started.");

    public ProcessorUnderTest Start()
    {
        _running = _loop.RunAsync(_draining.Token);
        return this;
    }

    /// <summary>SIGTERM, without waiting for its end.</summary>
    public void BeginDrain() => _draining.Cancel();

    /// <summary>SIGTERM, and the wait for the process to end.</summary>
    public async Task DrainAsync()
    {
        BeginDrain();
        await Running;
    }

    /// <summary>SIGKILL: no step more, and no word to anybody.</summary>
    public void Kill() => Life.Kill();

    public void Dispose()
    {
        _draining.Dispose();
        _silent.Dispose();
    }
}
