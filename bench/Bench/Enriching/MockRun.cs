using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bench.Enriching;

/// <summary>One run of the mock's traffic: conversations of five steps, each event once.</summary>
internal sealed class MockRun
{
    public const int EventsAConversation = 5;

    private readonly HttpClient _http;
    private readonly string _run;
    private readonly long _started = Stopwatch.GetTimestamp();

    private MockRun(HttpClient http, string run) => (_http, _run) = (http, run);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public static async Task<MockRun> StartAsync(HttpClient http, int events)
    {
        using var answer = await http.PostAsJsonAsync(
            "/mock/traffic",
            new
            {
                events,
                seed = 1,
                duplicates = 0,
                poison = 0,
                ambient = 0,
                unknown = 0,
                late = 0,
                large = 0,
                transcribed = 0,
                eventsPerConversation = EventsAConversation,
            }
        );
        answer.EnsureSuccessStatusCode();
        var state = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new MockRun(http, state.GetProperty("run").GetString()!);
    }

    /// <summary>How many events the Ingestor has taken.</summary>
    public async Task<int> AcceptedAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>($"/mock/traffic/{_run}")).GetProperty("accepted").GetInt32();

    /// <summary>What it published, in the order of events.</summary>
    public async Task<IReadOnlyList<string>> EnvelopesAsync()
    {
        var lines = await _http.GetStringAsync($"/mock/truth/{_run}/events");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(EnvelopeIn)];
    }

    private static string EnvelopeIn(string line)
    {
        using var truth = JsonDocument.Parse(line);
        return truth.RootElement.GetProperty("envelope").GetString()!;
    }
}
