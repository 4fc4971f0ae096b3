using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace GenesysMock.Scenarios;

internal sealed class ScenarioOptions
{
    public const string Section = "Mock";

    /// <summary>The scenario to start with. What is configured besides goes before what the scenario says.</summary>
    [Required]
    public string Scenario { get; init; } = ScenarioCatalog.Default;

    /// <summary>Decides all chance: the organization, the faults, the continuous traffic, and runs that name no seed.</summary>
    public int Seed { get; init; } = 1;
}

internal sealed class ScenarioOptionsValidator(ScenarioCatalog catalog) : IValidateOptions<ScenarioOptions>
{
    public ValidateOptionsResult Validate(string? name, ScenarioOptions options) =>
        catalog.Find(options.Scenario) is null
            ? ValidateOptionsResult.Fail(
                $"Mock:Scenario: there is no scenario '{options.Scenario}', but {string.Join(", ", catalog.Names)}."
            )
            : ValidateOptionsResult.Success;
}
