using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Bench.Endpoints;
using Bench.Programs;
using Testing;

namespace Bench.Enriching;

/// <summary>The mock as Genesys, with an Ingestor before the queue it publishes to; and what its API was asked.</summary>
internal sealed class MockedGenesys : IAsyncDisposable
{
    private readonly MeasuredProgram _ingestor;
    private readonly MeasuredProgram _mock;
    private readonly int _callsAMinute;

    private MockedGenesys(MeasuredProgram ingestor, MeasuredProgram mock, int callsAMinute)
    {
        (_ingestor, _mock, _callsAMinute) = (ingestor, mock, callsAMinute);
        Http = new HttpClient { BaseAddress = WebProgram.UrlIn(mock.ReadyLine) };
    }

    /// <summary>The mock's admin API.</summary>
    public HttpClient Http { get; }

    public IReadOnlyList<MeasuredProgram> Programs => [_ingestor, _mock];

    /// <summary>What a Processor that enriches needs besides queues and tables.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            ["Announcing__Enabled"] = "true",
            ["Enrichment__Enabled"] = "true",
            ["Genesys__ApiBaseAddress"] = Http.BaseAddress!.ToString(),
            ["Genesys__LoginBaseAddress"] = Http.BaseAddress.ToString(),
            ["Genesys__ClientId"] = "bench",
            ["Genesys__ClientSecret"] = "bench",
            ["Genesys__RequestsPerMinute"] = Text(_callsAMinute),
            ["Genesys__Replicas"] = "1",
        };

    /// <param name="queue">Where the Ingestor finds the queue.</param>
    /// <param name="callsAMinute">What the API allows, and what the Processor is told that it allows.</param>
    public static async Task<MockedGenesys> StartAsync(IReadOnlyDictionary<string, string> queue, int callsAMinute)
    {
        var ingestor = await StartAsync("Ingestor", new(queue) { ["Ingestor__ApiKeys__0"] = Names.ApiKey });
        var mock = await StartAsync(
            "GenesysMock",
            new()
            {
                ["Mock__IngestorUrl"] = new Uri(WebProgram.UrlIn(ingestor.ReadyLine), "events").ToString(),
                ["Mock__IngestorApiKey"] = Names.ApiKey,
                ["Mock__Limits__PerToken"] = Text(callsAMinute),
            }
        );
        return new MockedGenesys(ingestor, mock, callsAMinute);
    }

    public async Task<ApiUse> ApiUseAsync()
    {
        var api = (await Http.GetFromJsonAsync<JsonElement>("/mock/truth")).GetProperty("api");
        return new ApiUse(
            api.GetProperty("requests").GetInt32(),
            api.GetProperty("refused").GetInt32(),
            api.GetProperty("mostInOneWindow").GetInt32(),
            _callsAMinute
        );
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _mock.DisposeAsync();
        await _ingestor.DisposeAsync();
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

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Calls">All requests to the API, refused ones among them.</param>
/// <param name="Refused">Answered with 429.</param>
/// <param name="MostInAMinute">In the fullest window of a token.</param>
/// <param name="AllowedAMinute">What such a window holds.</param>
internal sealed record ApiUse(int Calls, int Refused, int MostInAMinute, int AllowedAMinute);
