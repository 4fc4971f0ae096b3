using Testing;

namespace GenesysApi.Tests;

/// <summary>Answers of the platform in their real shape; ids, names and texts are invented.</summary>
internal static class Samples
{
    public static string DetailsOfTheLifecycle { get; } = Read("api-get-analytics-conversations-details-multi.json");

    public static string Conversation { get; } = Read("api-get-conversation.json");

    private static string Read(string file) =>
        File.ReadAllText(Repository.PathOf("tests", "GenesysApi.Tests", "Samples", file));
}
