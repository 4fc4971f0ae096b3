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

    /// <summary>The steps of 1, 2 and 5 go well enough; of the ten letters after them the last three can never succeed.</summary>
    private const int SentUntilStop = 18;

    private const int HopelessUntilStop = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private static readonly DateTimeOffset Oldest = DateTimeOffset.UnixEpoch.AddYears(56);

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
        Assert.Equal((3, SentUntilStop), (Number(stopped, "step"), Number(stopped, "sent")));
        Assert.StartsWith(
            "3 of a step of 10 failed again",
            stopped.GetProperty("why").GetString(),
            StringComparison.Ordinal
        );
        await SeesAsync(
            client,
            stopped.GetProperty("redrive").GetString()!,
            redrive =>
                (Number(redrive, "recovered"), Number(redrive, "failedAgain"))
                == (SentUntilStop - HopelessUntilStop, HopelessUntilStop),
            cancellationToken
        );

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
                IsHopeless(number) ? AnEvent.Poison(number) : AnEvent.Of(number),
                new DeadLetterAttributes
                {
                    Reason = "effect-timeout",
                    Class = FailureClass.Transient,
                    Attempts = 3,
                    // The oldest go first: the number says in which step a letter is sent.
                    SentAt = Oldest.AddSeconds(number),
                    LastFailedAt = TimeProvider.System.GetUtcNow(),
                },
                cancellationToken
            );
        }
    }

    /// <summary>One of the step of five, which 20 % allow; the last three of the step of ten; and most of the first after those.</summary>
    private static bool IsHopeless(int number) =>
        number is 8 or > SentUntilStop - 3 and <= SentUntilStop + Hopeless - HopelessUntilStop;

    private static int Number(JsonElement redrive, string name) => redrive.GetProperty(name).GetInt32();

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
        return await SeesAsync(
            client,
            ordered.GetProperty("redrive").GetString()!,
            redrive => redrive.GetProperty("state").GetString() == end,
            cancellationToken
        );
    }

    private static Task<JsonElement> SeesAsync(
        HttpClient client,
        string id,
        Predicate<JsonElement> satisfied,
        CancellationToken cancellationToken
    ) =>
        Eventually.SeesAsync(
            token => client.GetFromJsonAsync<JsonElement>($"/api/redrives/{id}", token),
            satisfied,
            Patience,
            cancellationToken
        );
}
