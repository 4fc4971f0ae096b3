using System.Globalization;
using Events.DeadLetters;
using Operations.Previewing;
using Operations.Tests.Emulated;

namespace Operations.Tests.Previewing;

public sealed class PreviewTests(EmulatedAws aws)
{
    [Fact]
    public async Task A_letter_that_nothing_speaks_against_would_run() =>
        Assert.IsType<Preview.WouldRun>(await PreviewAsync(AnEvent.Of(1), (_, _) => Task.CompletedTask));

    [Fact]
    public async Task What_is_in_the_table_is_already_recorded() =>
        Assert.IsType<Preview.AlreadyRecorded>(await PreviewAsync(AnEvent.Of(1), RecordAsync, "moved-by-sqs"));

    [Fact]
    public async Task What_is_in_the_table_and_whose_effect_is_done_is_already_recorded() =>
        Assert.IsType<Preview.AlreadyRecorded>(
            await PreviewAsync(
                AnEvent.Of(1),
                async (pipeline, token) =>
                {
                    await RecordAsync(pipeline, token);
                    var bodyHash = AnEvent.Decode(AnEvent.Of(1)).BodyHash;
                    await ClaimAsync(pipeline, "completed", TimeSpan.Zero, bodyHash, token);
                }
            )
        );

    [Fact]
    public async Task What_is_recorded_and_whose_claim_was_released_after_a_failure_would_run()
    {
        var preview = await PreviewAsync(
            AnEvent.Of(1),
            async (pipeline, token) =>
            {
                await RecordAsync(pipeline, token);
                await ClaimAsync(pipeline, "released", TimeSpan.Zero, token);
            },
            "moved-by-sqs"
        );

        Assert.Equal("its effect attribute-write-back", Assert.IsType<Preview.WouldRun>(preview).Effect);
    }

    [Fact]
    public async Task What_is_recorded_and_died_of_its_effect_would_run() =>
        Assert.IsType<Preview.WouldRun>(
            await PreviewAsync(AnEvent.Of(1), RecordAsync, "genesys-rejected: 409 conflict")
        );

    [Fact]
    public async Task Another_body_that_was_published_later_supersedes_it() =>
        Assert.IsType<Preview.Superseded>(
            await PreviewAsync(
                AnEvent.Of(1),
                (pipeline, token) =>
                {
                    var later = AnEvent.Decode(AnEvent.Of(1, "later"));
                    return pipeline.RecordAsync(
                        later.Subject,
                        later.SortKey,
                        later.PublishedAt + TimeSpan.FromMinutes(1),
                        token
                    );
                }
            )
        );

    [Fact]
    public async Task An_effect_under_way_is_still_claimed() =>
        Assert.IsType<Preview.StillClaimed>(
            await PreviewAsync(
                AnEvent.Of(1),
                (pipeline, token) => ClaimAsync(pipeline, "claimed", TimeSpan.FromMinutes(5), token)
            )
        );

    [Fact]
    public async Task An_effect_that_was_done_for_another_body_will_fail_again() =>
        Assert.IsType<Preview.WillFailAgain>(
            await PreviewAsync(
                AnEvent.Of(1),
                (pipeline, token) => ClaimAsync(pipeline, "completed", TimeSpan.Zero, token)
            )
        );

    [Theory]
    [InlineData("claimed")]
    [InlineData("ambiguous")]
    public async Task An_effect_in_doubt_for_another_body_will_fail_again(string state)
    {
        var preview = await PreviewAsync(
            AnEvent.Of(1),
            (pipeline, token) => ClaimAsync(pipeline, state, TimeSpan.FromMinutes(-5), token)
        );

        Assert.Contains("in doubt", Assert.IsType<Preview.WillFailAgain>(preview).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_effect_in_doubt_for_the_same_body_would_run()
    {
        var bodyHash = AnEvent.Decode(AnEvent.Of(1)).BodyHash;

        Assert.IsType<Preview.WouldRun>(
            await PreviewAsync(
                AnEvent.Of(1),
                (pipeline, token) => ClaimAsync(pipeline, "ambiguous", TimeSpan.FromMinutes(-5), bodyHash, token)
            )
        );
    }

    [Fact]
    public async Task What_is_no_event_will_fail_again()
    {
        var preview = await PreviewAsync(AnEvent.Poison(1), (_, _) => Task.CompletedTask);

        Assert.Contains("no-event-body", Assert.IsType<Preview.WillFailAgain>(preview).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_whose_group_has_just_failed_again_will_too()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var letter = await operations.OnlyLetterAsync(cancellationToken);
        await operations.Redriver.RedriveAsync(letter.Id, "r1", cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);

        var preview = await operations.Previewer.PreviewAsync(operations.Index.Find(letter.Id)!, cancellationToken);

        Assert.IsType<Preview.WillFailAgain>(preview);
    }

    private static Task RecordAsync(EmulatedPipeline pipeline, CancellationToken cancellationToken)
    {
        var known = AnEvent.Decode(AnEvent.Of(1));
        return pipeline.RecordAsync(known.Subject, known.SortKey, known.PublishedAt, cancellationToken);
    }

    private async Task<Preview> PreviewAsync(
        string body,
        Func<EmulatedPipeline, CancellationToken, Task> arrange,
        string reason = "effect-timeout"
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await arrange(pipeline, cancellationToken);
        await pipeline.BuryAsync(body, reason, FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        return await operations.Previewer.PreviewAsync(
            await operations.OnlyLetterAsync(cancellationToken),
            cancellationToken
        );
    }

    private static Task ClaimAsync(
        EmulatedPipeline pipeline,
        string state,
        TimeSpan lease,
        CancellationToken cancellationToken
    ) => ClaimAsync(pipeline, state, lease, "of another body", cancellationToken);

    private static async Task ClaimAsync(
        EmulatedPipeline pipeline,
        string state,
        TimeSpan lease,
        string bodyHash,
        CancellationToken cancellationToken
    ) =>
        await pipeline.DynamoDb.PutItemAsync(
            pipeline.Names.ClaimsTable,
            new()
            {
                ["claim"] = new($"attribute-write-back#{AnEvent.Decode(AnEvent.Of(1)).NaturalKey}"),
                ["state"] = new(state),
                ["bodyHash"] = new(bodyHash),
                ["leaseUntil"] = new()
                {
                    N = (TimeProvider.System.GetUtcNow() + lease)
                        .ToUnixTimeMilliseconds()
                        .ToString(CultureInfo.InvariantCulture),
                },
            },
            cancellationToken
        );
}
