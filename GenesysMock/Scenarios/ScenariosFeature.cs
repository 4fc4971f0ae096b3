using Microsoft.Extensions.Configuration.Json;

namespace GenesysMock.Scenarios;

internal static class ScenariosFeature
{
    public static void AddScenarios(this WebApplicationBuilder builder)
    {
        var catalog = ScenarioCatalog.BesideTheProgram;
        var chosen = builder.Configuration["Mock:Scenario"] ?? ScenarioCatalog.Default;
        if (catalog.FileOf(chosen) is { } file)
        {
            builder.Configuration.Sources.Insert(0, BelowAllElse(file));
        }

        builder.Services.AddSingleton(catalog);
        builder.AddSettings<ScenarioOptions, ScenarioOptionsValidator>(ScenarioOptions.Section, shared: true);
        builder.Services.AddSingleton<Behaviour>();
    }

    private static JsonConfigurationSource BelowAllElse(string file)
    {
        var source = new JsonConfigurationSource { Path = file };
        source.ResolveFileProvider();
        return source;
    }
}
