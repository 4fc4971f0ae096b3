using System.Collections;

namespace Aspire.Hosting.Starting;

internal static class InheritedEnvironment
{
    /// <summary>The AppHost's own environment: every child starts from it.</summary>
    public static Dictionary<string, string> Variables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
}
