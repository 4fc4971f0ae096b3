using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Proof.Emitting;

/// <summary>Has the mock emit, and asks it what it emitted: the truth everything is compared with.</summary>
internal sealed class MockTraffic(HttpClient http)
{
    public async Task<string> StartAsync(ProofOptions options, CancellationToken cancellationToken)
    {
        var request = new TrafficRequest(
            options.Events,
            options.Seed,
            options.RatePerSecond,
            options.Duplicates,
            options.Reorder,
            options.Poison
        );
        using var response = await http.PostAsJsonAsync(
            "/mock/traffic",
            request,
            TrafficJson.Default.TrafficRequest,
            cancellationToken
        );
        response.EnsureSuccessStatusCode();

        var started = await response.Content.ReadFromJsonAsync(TrafficJson.Default.TrafficStarted, cancellationToken);
        return started!.Run;
    }

    public async Task<TrafficState> StateAsync(string run, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync($"/mock/traffic/{run}", TrafficJson.Default.TrafficState, cancellationToken))!;

    /// <summary>What the API was asked, by the mock's own count.</summary>
    public async Task<ApiTruth> ApiAsync(CancellationToken cancellationToken)
    {
        var limits = await http.GetFromJsonAsync("/mock/limits", TrafficJson.Default.MockLimits, cancellationToken);
        var truth = await http.GetFromJsonAsync("/mock/truth", TrafficJson.Default.MockTruth, cancellationToken);
        return truth!.Api with { AllowedInOneWindow = limits!.PerToken };
    }

    /// <summary>Every distinct thing of the run, a line each.</summary>
    public async IAsyncEnumerable<TruthLine> TruthAsync(
        string run,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var stream = await http.GetStreamAsync($"/mock/truth/{run}/events", cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            yield return JsonSerializer.Deserialize(line, TrafficJson.Default.TruthLine)!;
        }
    }
}

internal sealed record TrafficRequest(
    int Events,
    int Seed,
    double? RatePerSecond,
    double Duplicates,
    double Reorder,
    double Poison
);

internal sealed record TrafficStarted(string Run);

/// <param name="Emitted">Distinct things so far.</param>
/// <param name="Accepted">Deliveries the Ingestor took.</param>
/// <param name="Refused">Deliveries the Ingestor will never take.</param>
/// <param name="Done">All is emitted, and each delivery is accepted or refused.</param>
internal sealed record TrafficState(long Emitted, long Accepted, long Refused, bool Done);

/// <param name="Kind"><c>event</c> or <c>poison</c>.</param>
/// <param name="Envelope">The exact text of the first delivery.</param>
/// <param name="Deliveries">How often it was delivered.</param>
/// <param name="InDoubt">How often it was sent besides, and may have been delivered without an answer that says so.</param>
/// <param name="FirstPublishedAt">When the first delivery went out.</param>
internal sealed record TruthLine(
    string Kind,
    string Envelope,
    int Deliveries,
    int InDoubt,
    DateTimeOffset FirstPublishedAt
);

internal sealed record MockTruth(ApiTruth Api);

/// <param name="Requests">Calls to the API.</param>
/// <param name="Refused">Of these, answered with 429.</param>
/// <param name="MostInOneWindow">The most calls of one token in one of its windows of a minute.</param>
internal sealed record ApiTruth(long Requests, long Refused, int MostInOneWindow)
{
    /// <summary>What a token may make in one; 0 is no limit.</summary>
    public int AllowedInOneWindow { get; init; }

    public IReadOnlyList<Written> Written { get; init; } = [];

    /// <summary>How much of the fullest window was used, in percent.</summary>
    public int BudgetUsed => AllowedInOneWindow == 0 ? 0 : 100 * MostInOneWindow / AllowedInOneWindow;
}

/// <summary>An attribute of a participant, as the platform has it.</summary>
/// <param name="Times">How often exactly this value was written.</param>
/// <param name="Looked">Whether the conversation had been read before the first time.</param>
internal sealed record Written(string ConversationId, string ParticipantId, string Value, int Times, bool Looked);

internal sealed record MockLimits(int PerToken);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TrafficRequest))]
[JsonSerializable(typeof(TrafficStarted))]
[JsonSerializable(typeof(TrafficState))]
[JsonSerializable(typeof(TruthLine))]
[JsonSerializable(typeof(MockTruth))]
[JsonSerializable(typeof(MockLimits))]
internal sealed partial class TrafficJson : JsonSerializerContext;
