using System.Collections;

namespace Aspire.Hosting.Starting;

internal static class InheritedEnvironment
{
    // Where the AppHost's own page is, by its launch profile: a child that listened there would be in its way, or in that of the next.
    private const string OwnAddress = "ASPNETCORE_URLS";

    /// <summary>The AppHost's own environment: every child starts from it.</summary>
    public static Dictionary<string, string> Variables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Where(variable => (string)variable.Key is not OwnAddress)
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
}
