using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Processor.Lambda;

/// <summary>How the pipeline runs as a Lambda function.</summary>
internal sealed class LambdaOptions
{
    public const string Section = "Lambda";

    /// <summary>How long before the deadline the batch is answered, whatever is still under way.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan AnswerMargin { get; init; } = TimeSpan.FromSeconds(1);
}

[OptionsValidator]
internal sealed partial class LambdaOptionsValidator : IValidateOptions<LambdaOptions>;
