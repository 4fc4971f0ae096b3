using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using Events;
using Events.DeadLetters;
using Operations.Redriving;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Redriving;

/// <summary>An event is recorded before its effect is tried: of a letter that died of its effect, the row says nothing.</summary>
public sealed class FailingEffectTests(EmulatedAws aws)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task An_effect_that_always_fails_costs_a_canary_and_not_an_hour()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);

        var redrive = await RedriveAsync(pipeline, operations, isDone: false, cancellationToken);

        Assert.Equal((RedriveState.Stopped, 1, 0), (redrive.State, redrive.Sent, redrive.Recovered));
        Assert.Contains("are tried again", redrive.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_effect_that_is_done_at_last_is_recovered()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);

        var redrive = await RedriveAsync(pipeline, operations, isDone: true, cancellationToken);

        Assert.Equal((RedriveState.Done, 4, 4), (redrive.State, redrive.Sent, redrive.Recovered));
    }

    private static async Task<RedriveView> RedriveAsync(
        EmulatedPipeline pipeline,
        OperationsUnderTest operations,
        bool isDone,
        CancellationToken cancellationToken
    )
    {
        for (var number = 1; number <= 4; number++)
        {
            await BuryAsync(pipeline, number, cancellationToken);
        }

        await operations.CollectAllAsync(cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup, cancellationToken);
        var running = operations.Runner.RunAsync(id, cancellationToken);
        await Eventually.SeesAsync(
            async token =>
            {
                foreach (var message in await pipeline.TakeEventsAsync(token))
                {
                    await TryAsync(pipeline, message, isDone, token);
                }

                return running.IsCompleted;
            },
            isOver => isOver,
            Patience,
            cancellationToken
        );
        await running;
        return await operations.FindRedriveAsync(id, cancellationToken);
    }

    /// <summary>Recorded long ago, and its claim released when the effect failed.</summary>
    private static async Task BuryAsync(EmulatedPipeline pipeline, int number, CancellationToken cancellationToken)
    {
        var known = AnEvent.Decode(AnEvent.Of(number));
        await pipeline.RecordAsync(known.Subject, known.SortKey, known.PublishedAt, cancellationToken);
        await ClaimAsync(pipeline, known, "released", cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(number), "effect-timeout", FailureClass.Transient, cancellationToken);
    }

    /// <summary>What a Processor leaves in the tables after it failed twice, and after a success if there is one.</summary>
    private static async Task TryAsync(
        EmulatedPipeline pipeline,
        Message message,
        bool isDone,
        CancellationToken cancellationToken
    )
    {
        var known = AnEvent.Decode(message.Body);
        var said = DeadLetterAttributes.From(
            message.MessageAttributes!.ToDictionary(pair => pair.Key, pair => pair.Value.StringValue!)
        );
        await ClaimAsync(pipeline, known, isDone ? "completed" : "released", cancellationToken);
        await pipeline.DynamoDb.PutItemAsync(
            pipeline.Names.AttemptsTable,
            new()
            {
                ["eventKey"] = new AttributeValue(
                    DeadLetterAttributes.AttemptsKeyOf(known.EventKey, said.MessageId, said.LastFailedAt)
                ),
                ["transientAttempts"] = Number(2),
                ["lastFailedAt"] = Number(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
            },
            cancellationToken
        );
    }

    private static async Task ClaimAsync(
        EmulatedPipeline pipeline,
        GenesysEvent known,
        string state,
        CancellationToken cancellationToken
    ) =>
        await pipeline.DynamoDb.PutItemAsync(
            pipeline.Names.ClaimsTable,
            new()
            {
                ["claim"] = new AttributeValue($"attribute-write-back#{known.NaturalKey}"),
                ["state"] = new AttributeValue(state),
                ["bodyHash"] = new AttributeValue(known.BodyHash),
            },
            cancellationToken
        );

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
