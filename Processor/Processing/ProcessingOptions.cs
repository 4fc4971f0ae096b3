using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Processor.Processing;

/// <summary>How a process ends.</summary>
internal sealed class ProcessingOptions
{
    public const string Section = "Processing";

    /// <summary>From SIGTERM until what still runs is stopped. Longer than an effect and the flush behind it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "02:00:00")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>From SIGTERM until the host gives up waiting. ECS and Kubernetes kill after 30 s unless told otherwise: set theirs beyond this.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "02:10:00")]
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(60);
}

[OptionsValidator]
internal sealed partial class ProcessingOptionsValidator : IValidateOptions<ProcessingOptions>;
