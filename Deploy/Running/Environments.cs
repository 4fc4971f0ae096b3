using Amazon.CDK;
using Deploy.Storing;

namespace Deploy.Running;

/// <summary>The settings the deployed services get by their environment; docs/configuration.md has them all.</summary>
internal static class Environments
{
    public static Dictionary<string, string> OfPipeline(Store store) =>
        new()
        {
            ["Pipeline__EventsQueue"] = store.EventsQueue.Ref,
            ["Pipeline__DeadLetterQueue"] = store.DeadLetterQueue.Ref,
            ["Pipeline__EnrichmentQueue"] = store.EnrichmentQueue.Ref,
            ["Pipeline__EventsTable"] = store.EventsTable.Ref,
            ["Pipeline__ClaimsTable"] = store.ClaimsTable.Ref,
            ["Pipeline__AttemptsTable"] = store.AttemptsTable.Ref,
            ["Pipeline__ConversationsTable"] = store.ConversationsTable.Ref,
            ["Pipeline__BudgetTable"] = store.BudgetTable.Ref,
        };

    public static Dictionary<string, string> OfGenesys(Settings settings, string replicas) =>
        new()
        {
            ["Genesys__ApiBaseAddress"] = Fn.Sub("https://api.${GenesysDomain}"),
            ["Genesys__LoginBaseAddress"] = Fn.Sub("https://login.${GenesysDomain}"),
            ["Genesys__RequestsPerMinute"] = settings.RequestsPerMinute.ValueAsString,
            ["Genesys__Replicas"] = replicas,
        };

    public static Dictionary<string, string> OfProcessor(Store store, Settings settings, string replicas) =>
        Merge(
            OfPipeline(store),
            OfGenesys(settings, replicas),
            new() { ["Effects__ClaimRetention"] = Durations.Claims.ToString() }
        );

    public static Dictionary<string, T> Merge<T>(params Dictionary<string, T>[] parts) =>
        parts.SelectMany(part => part).ToDictionary();
}
