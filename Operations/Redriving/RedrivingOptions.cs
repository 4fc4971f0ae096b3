using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Operations.Redriving;

/// <summary>How dead letters are brought back.</summary>
internal sealed class RedrivingOptions
{
    public const string Section = "Redriving";

    private static readonly IReadOnlyList<int> Careful = [1, 2, 5, 10, 25, 50, 100, 250, 500];

    /// <summary>
    /// How many letters each step sends where the order does not say; the last number repeats. Without any: 1, 2, 5, 10, 25, 50, 100, 250, 500,
    /// of which the first is the canary.
    /// </summary>
    public IReadOnlyList<int> Ramp { get; init; } = [];

    public IReadOnlyList<int> Steps => Ramp.Count > 0 ? Ramp : Careful;

    /// <summary>A step that is recorded is watched for this long before the next: time for an effect to make its claim.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A step that is not decided after this pauses the redrive: somebody should look. Longer than the Processor tries an event (<c>Settlement:TransientFor</c>, an hour) and its longest back-off.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromMinutes(90);

    /// <summary>
    /// Enrichment lets go of a request without a word where no event of its conversation is recorded, and where the summary that stands
    /// there knows more. After this the tables are asked for the two: longer than enrichment takes when the API answers.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SummaryWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a redrive looks at what became of its letters, and at whether it was told to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For how long a process owns a redrive it works on: if it dies, another goes on after this.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a redrive is remembered: longer than its letters.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);
}

[OptionsValidator]
internal sealed partial class RedrivingOptionsValidator : IValidateOptions<RedrivingOptions>;

/// <summary>The rules that two settings make together.</summary>
internal sealed class RedrivingRulesValidator : IValidateOptions<RedrivingOptions>
{
    public ValidateOptionsResult Validate(string? name, RedrivingOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Ramp.Any(step => step is < 1 or > RedriveOrder.LettersMax))
        {
            result.AddError($"Redriving:Ramp must be numbers from 1 to {RedriveOrder.LettersMax}.");
        }

        if (options.LookEvery * 3 > options.Lease)
        {
            result.AddError(
                $"Redriving:LookEvery ({options.LookEvery}) must be at most a third of Redriving:Lease ({options.Lease})."
            );
        }

        if (options.Settle >= options.StepTimeout)
        {
            result.AddError(
                $"Redriving:Settle ({options.Settle}) must be shorter than Redriving:StepTimeout ({options.StepTimeout})."
            );
        }

        return result.Build();
    }
}
