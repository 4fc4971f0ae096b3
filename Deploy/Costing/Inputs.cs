using System.Text.Json;

namespace Deploy.Costing;

/// <summary>List prices in dollars: an input, with the month they are of. Put your region's in prices.json.</summary>
internal sealed record Prices(
    string Region,
    string AsOf,
    double PartnerEventsPerMillion,
    double ApiDestinationCallsPerMillion,
    double ArchivePerGB,
    double ArchivePerGBMonth,
    double SqsRequestsPerMillion,
    double WriteUnitsPerMillion,
    double ReadUnitsPerMillion,
    double TablePerGBMonth,
    double RecoveryPerGBMonth,
    double FargateVcpuPerHour,
    double FargateGBPerHour,
    double LambdaPerGBSecond,
    double LambdaRequestsPerMillion,
    double NatPerHour,
    double NatPerGB,
    double BalancerPerHour,
    double BalancerUnitPerHour,
    double AlarmPerMonth,
    double MetricPerMonth,
    double DashboardPerMonth,
    double KeyPerMonth
)
{
    public static Prices Read() => Inputs.Read<Prices>("prices.json");
}

/// <summary>Requests and units of one event at a rate, as measured: the faster they come, the fuller are the batches.</summary>
/// <param name="Sent">By the Ingestor; EventBridge sends one by one.</param>
/// <param name="EnrichmentRequests">All requests to the enrichment queue.</param>
internal sealed record Measurement(
    double EventsPerSecond,
    double Sent,
    double Received,
    double Deleted,
    double EnrichmentRequests,
    double WriteUnits,
    double ReadUnits
);

/// <summary>What an event uses; docs/deploy.md says which run measured it and what is assumed.</summary>
internal sealed record Usage(
    IReadOnlyList<Measurement> Measured,
    double EnvelopeKB,
    double EventItemKB,
    double EventsKeptMonths,
    double SummaryKBPerEvent,
    double SummariesKeptMonths,
    double IdleReceivesPerSecondAndTask,
    double IdleEnrichmentReceivesPerSecondAndTask,
    double EventsPerSecondAndTask,
    double FunctionGB,
    double FunctionSecondsPerBatch,
    double FunctionSecondsPerEvent,
    double FunctionBatchMax,
    double NatKBPerEvent,
    double Alarms,
    double Metrics
)
{
    public static Usage Read() => Inputs.Read<Usage>("usage.json");

    /// <summary>The fastest measured that is not faster; below all of them the slowest.</summary>
    public Measurement At(double eventsPerSecond) =>
        Measured.LastOrDefault(measured => measured.EventsPerSecond <= eventsPerSecond) ?? Measured[0];
}

internal static class Inputs
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    public static T Read<T>(string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)), Web)!;
}
