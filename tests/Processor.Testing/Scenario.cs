using Processor.Announcing;
using Processor.Effects;
using Processor.Processing;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;
using Processor.Testing.Outside;
using Processor.Testing.Watching;
using Testing;

namespace Processor.Testing;

/// <summary>
/// One story: a simulated world, AWS in memory, and the processes a test starts in it. Everything the processes say and measure is
/// kept.
/// </summary>
internal sealed class Scenario : IDisposable
{
    private readonly List<ProcessorUnderTest> _processors = [];
    private readonly Lazy<FakeAws> _aws;

    public Scenario(int seed = 1)
    {
        World = new SimulatedWorld(seed);
        _aws = new Lazy<FakeAws>(() => new FakeAws(World, Receiving));
    }

    public SimulatedWorld World { get; }

    public TimeProvider Time => World.Time;

    public DateTimeOffset Now => World.Time.GetUtcNow();

    public FakeAws Aws => _aws.Value;

    public CapturedLogs Logs { get; } = new();

    public CapturedMetrics Metrics { get; } = new();

    public ReceivingOptions Receiving { get; init; } = new();

    public RecordingOptions Recording { get; init; } = new();

    /// <summary>Off unless the story is about it.</summary>
    public AnnouncingOptions Announcing { get; init; } = new() { Enabled = false };

    public EffectsOptions Effects { get; init; } = new();

    public SettlementOptions Settlement { get; init; } = new();

    public ProcessingOptions Processing { get; init; } = new();

    public List<IEffectHandler> Handlers { get; } = [];

    /// <summary>An effect that all processes started from now on run after <c>customer.end</c>.</summary>
    public FakeEffect AddEffect(string name = "fake-effect")
    {
        var effect = new FakeEffect(World.Time, World.Random) { Name = name };
        Handlers.Add(effect);
        return effect;
    }

    public ProcessorUnderTest NewProcessor(TimeSpan clockSkew = default)
    {
        var processor = new ProcessorUnderTest(
            Aws,
            new ProcessorSettings
            {
                Receiving = Receiving,
                Recording = Recording,
                Announcing = Announcing,
                Effects = Effects,
                Settlement = Settlement,
                Processing = Processing,
                Handlers = [.. Handlers],
                ClockSkew = clockSkew,
                Logs = Logs,
                Meters = Metrics,
            }
        );
        _processors.Add(processor);
        return processor;
    }

    public void Run(Func<Task> story) => World.Run(story);

    /// <summary>One process works until nothing is left in the queue, and drains.</summary>
    public ProcessorUnderTest RunUntilEmpty(TimeSpan? within = null)
    {
        var processor = NewProcessor();
        Run(async () =>
        {
            processor.Start();
            await Aws.UntilEmptyAsync(within ?? TimeSpan.FromHours(1));
            await processor.DrainAsync();
        });
        return processor;
    }

    /// <summary>One process works for so long, and drains.</summary>
    public ProcessorUnderTest RunFor(TimeSpan duration)
    {
        var processor = NewProcessor();
        Run(async () =>
        {
            processor.Start();
            await Task.Delay(duration, World.Time, CancellationToken.None);
            await processor.DrainAsync();
        });
        return processor;
    }

    public void Dispose()
    {
        _processors.ForEach(processor => processor.Dispose());
        Metrics.Dispose();
        Logs.Dispose();
    }
}
