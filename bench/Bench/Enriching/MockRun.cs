using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bench.Enriching;

/// <summary>One run of the mock's traffic, conversations only.</summary>
internal sealed class MockRun
{
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
                poison = 0,
                ambient = 0,
                unknown = 0,
                late = 0,
                transcribed = 0,
            }
        );
        answer.EnsureSuccessStatusCode();
        var state = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new MockRun(http, state.GetProperty("run").GetString()!);
    }

    /// <summary>How many events the Ingestor has taken.</summary>
    public async Task<int> AcceptedAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>($"/mock/traffic/{_run}")).GetProperty("accepted").GetInt32();

    /// <summary>How many conversations its events are about.</summary>
    public async Task<int> ConversationsAsync()
    {
        var lines = await _http.GetStringAsync($"/mock/truth/{_run}/events");
        return lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(ConversationOf)
            .OfType<string>()
            .Distinct()
            .Count();
    }

    private static string? ConversationOf(string line)
    {
        using var truth = JsonDocument.Parse(line);
        using var envelope = JsonDocument.Parse(truth.RootElement.GetProperty("envelope").GetString()!);
        return
            envelope.RootElement.GetProperty("detail").TryGetProperty("eventBody", out var body)
            && body.TryGetProperty("conversationId", out var id)
            ? id.GetString()
            : null;
    }
}
