using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Processor.Announcing;
using Processor.Effects;
using Processor.Processing;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;

namespace Processor.Testing;

/// <summary>How one process is set up; what is not said is as in production.</summary>
internal sealed record ProcessorSettings
{
    public ReceivingOptions Receiving { get; init; } = new();

    public RecordingOptions Recording { get; init; } = new();

    public AnnouncingOptions Announcing { get; init; } = new();

    public EffectsOptions Effects { get; init; } = new();

    public SettlementOptions Settlement { get; init; } = new();

    public ProcessingOptions Processing { get; init; } = new();

    public IReadOnlyList<IEffectHandler> Handlers { get; init; } = [];

    /// <summary>How far its clock is off.</summary>
    public TimeSpan ClockSkew { get; init; }

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Left out, nobody listens.</summary>
    public IMeterFactory? Meters { get; init; }
}
