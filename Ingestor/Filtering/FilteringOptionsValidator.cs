using Events.Patterns;
using Microsoft.Extensions.Options;

namespace Ingestor.Filtering;

/// <summary>A rule with a mistake would drop events in silence, so it stops the process: which rule, where in it, and why.</summary>
internal sealed class FilteringOptionsValidator : IValidateOptions<FilteringOptions>
{
    public ValidateOptionsResult Validate(string? name, FilteringOptions options)
    {
        var faults = new List<string>();
        for (var index = 0; index < options.Rules.Count; index++)
        {
            var rule = options.Rules[index];
            var setting = $"{FilteringOptions.Section}:{nameof(options.Rules)}:{index}";
            if (string.IsNullOrWhiteSpace(rule.Name))
            {
                faults.Add($"{setting}:{nameof(rule.Name)} is required: the metrics count by it.");
            }

            if (EventPattern.Parse(rule.Pattern) is ParsedPattern.Invalid invalid)
            {
                faults.Add(
                    $"{setting}:{nameof(rule.Pattern)} ('{rule.Name}') is no event pattern at {invalid.Path}: {invalid.Reason}."
                );
            }
        }

        foreach (var same in options.Rules.GroupBy(rule => rule.Name).Where(same => same.Count() > 1))
        {
            faults.Add(
                $"{FilteringOptions.Section}:{nameof(options.Rules)} has {same.Count()} rules named '{same.Key}'."
            );
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
