using System.Net.Http.Json;
using System.Text.Json;
using Events.DeadLetters;
using Operations.Tests.Emulated;
using Operations.Tests.Http;
using Testing;

namespace Operations.Tests.Redriving;

/// <summary>Two hundred letters of one group, three of ten of which can never succeed, with a real Processor behind the queue.</summary>
public sealed class MixedLettersTests(EmulatedAws aws)
{
    private const int Letters = 200;
    private const int Hopeless = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task The_ramp_stops_early_and_what_can_succeed_is_recorded_once()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var processor = ProcessorProcess.Start(pipeline);
        await using var server = new OperationsServer(pipeline);
        using var client = server.ClientWith(OperationsServer.OperatorToken);
        await BuryAsync(pipeline, cancellationToken);
        await OpenAsync(client, "transient", "effect-timeout", Letters, cancellationToken);

        var stopped = await RedriveAsync(client, new { stopAtPercent = 20 }, "stopped", cancellationToken);
        Assert.InRange(stopped.GetProperty("sent").GetInt32(), 1, Letters / 2);

        await RedriveAsync(client, new { stopAtPercent = 100, ramp = new[] { Letters } }, "done", cancellationToken);
        await OpenAsync(client, "poison", "no-event-body", Hopeless, cancellationToken);
        Assert.Equal(Letters - Hopeless, await processor.RecordedAsync(cancellationToken));
        Assert.Equal(Letters - Hopeless, await processor.RecordedOnceAsync(cancellationToken));
    }

    private static async Task BuryAsync(EmulatedPipeline pipeline, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= Letters; number++)
        {
            await pipeline.BuryAsync(
                number % 10 < 3 ? AnEvent.Poison(number) : AnEvent.Of(number),
                "effect-timeout",
                FailureClass.Transient,
                cancellationToken
            );
        }
    }

    private static Task<JsonElement> OpenAsync(
        HttpClient client,
        string @class,
        string reason,
        int count,
        CancellationToken cancellationToken
    ) =>
        Eventually.SeesAsync(
            token =>
                client.GetFromJsonAsync<JsonElement>($"/api/dead-letters?class={@class}&reason={reason}&take=1", token),
            page => page.GetProperty("total").GetInt32() == count,
            Patience,
            cancellationToken
        );

    private static async Task<JsonElement> RedriveAsync(
        HttpClient client,
        object limits,
        string end,
        CancellationToken cancellationToken
    )
    {
        var order = JsonSerializer.SerializeToNode(limits)!.AsObject();
        order["class"] = "transient";
        order["reason"] = "effect-timeout";
        order["ratePerSecond"] = 100;
        using var answer = await client.PostAsJsonAsync("/api/redrives", order, cancellationToken);
        var ordered = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return await Eventually.SeesAsync(
            token =>
                client.GetFromJsonAsync<JsonElement>(
                    $"/api/redrives/{ordered.GetProperty("redrive").GetString()}",
                    token
                ),
            redrive => redrive.GetProperty("state").GetString() == end,
            Patience,
            cancellationToken
        );
    }
}
