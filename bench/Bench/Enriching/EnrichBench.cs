using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Bench.Endpoints;
using Bench.Programs;
using Bench.Reporting;
using Testing;

namespace Bench.Enriching;

/// <summary>The whole way with the mock as Genesys: events through the Ingestor, and how long until each conversation has its details.</summary>
internal static class EnrichBench
{
    private const int CallsAMinute = 600;
    private const string ApiKey = "a-key-for-the-bench";

    public static async Task RunAsync(int events, Report report)
    {
        report.Heading($"enrich: {events:N0} events under {CallsAMinute} calls a minute");
        await using var aws = await EmulatedAws.StartAsync();
        await using var ingestor = await StartAsync(
            "Ingestor",
            new(aws.Environment) { ["Ingestor__ApiKeys__0"] = ApiKey }
        );
        await using var genesys = await StartAsync(
            "GenesysMock",
            new()
            {
                ["Mock__IngestorUrl"] = new Uri(WebProgram.UrlIn(ingestor.ReadyLine), "events").ToString(),
                ["Mock__IngestorApiKey"] = ApiKey,
                ["Mock__Limits__PerToken"] = CallsAMinute.ToString(CultureInfo.InvariantCulture),
            }
        );
        var mock = WebProgram.UrlIn(genesys.ReadyLine);
        await using var processor = await StartAsync(
            "Processor",
            new(aws.Environment)
            {
                ["Genesys__ApiBaseAddress"] = mock.ToString(),
                ["Genesys__LoginBaseAddress"] = mock.ToString(),
                ["Genesys__ClientId"] = "bench",
                ["Genesys__ClientSecret"] = "bench",
                ["Genesys__RequestsPerMinute"] = CallsAMinute.ToString(CultureInfo.InvariantCulture),
                ["Genesys__Replicas"] = "1",
            }
        );

        MeasuredProgram[] programs = [ingestor, genesys, processor];
        using var http = new HttpClient { BaseAddress = mock };
        var run = await MockRun.StartAsync(http, events);
        await Progress.ReachesAsync(events, run.AcceptedAsync, programs);
        var conversations = await run.ConversationsAsync();
        await Progress.ReachesAsync(conversations, () => EnrichedAsync(aws), programs);
        var elapsed = run.Elapsed;

        var api = (await http.GetFromJsonAsync<JsonElement>("/mock/truth")).GetProperty("api");
        var table = new Table("conversations", "s to all enriched", "API calls", "refused (429)", "most in a minute");
        table.Add(
            conversations.ToString(CultureInfo.InvariantCulture),
            elapsed.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture),
            api.GetProperty("requests").ToString(),
            api.GetProperty("refused").ToString(),
            api.GetProperty("mostInOneWindow").ToString()
        );
        report.Add(table);
    }

    /// <summary>Conversations whose summary has the platform's account.</summary>
    private static async Task<int> EnrichedAsync(EmulatedAws aws)
    {
        var enriched = 0;
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await aws.DynamoDbClient.ScanAsync(
                new ScanRequest(Names.SummariesTable)
                {
                    ProjectionExpression = "details",
                    ConsistentRead = true,
                    ExclusiveStartKey = start,
                }
            );
            enriched += page.Items.Count(item => item["details"].S == "present");
            start = page.LastEvaluatedKey is { Count: > 0 } next ? next : null;
        } while (start is not null);

        await Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System, CancellationToken.None);
        return enriched;
    }

    private static Task<MeasuredProgram> StartAsync(string project, Dictionary<string, string> environment)
    {
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        return MeasuredProgram.StartAsync(
            "dotnet",
            [Repository.ProgramOf(project)],
            environment,
            WebProgram.ReadyWords
        );
    }
}
