using Amazon.DynamoDBv2.Model;
using Operations.Answering;
using Operations.Redriving;
using Operations.Tests.Emulated;

namespace Operations.Tests.Redriving;

/// <summary>A redrive that runs is among those that somebody works on, whatever broke off when it was ordered.</summary>
public sealed class UnderWayTests(EmulatedAws aws)
{
    private const string Who = "a test";
    private const string UnderWay = "redrives-under-way";

    [Fact]
    public async Task An_order_that_could_not_be_listed_leaves_none_that_runs()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var tables = new FaultyDynamoDb(pipeline)
        {
            BeforePut = request =>
            {
                if (LogOf(request) == UnderWay)
                {
                    throw FaultyDynamoDb.NoCapacity();
                }
            },
        };
        using var operations = new OperationsUnderTest(pipeline, tables);

        var answer = await OrderAsync(operations, cancellationToken);

        Assert.IsType<Answer<RedriveView>.Unavailable>(answer);
        Assert.Empty(await operations.Redrives.ListAsync(cancellationToken));
    }

    [Fact]
    public async Task An_order_that_nobody_waits_for_any_more_is_carried_out_once_the_journal_has_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var tables = new FaultyDynamoDb(pipeline)
        {
            BeforePut = request =>
            {
                if (LogOf(request) == "redrives")
                {
                    gone.Cancel();
                }
            },
        };
        using var operations = new OperationsUnderTest(pipeline, tables);

        var answer = await OrderAsync(operations, gone.Token);

        var redrive = Assert.IsType<Answer<RedriveView>.Done>(answer).Value.Redrive;
        Assert.Equal([redrive], await operations.RedriveStore.UnderWayAsync(cancellationToken));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_known_as_ones_own()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(1, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup, cancellationToken);
        var ordered = (await operations.RedriveStore.ReadAsync(id, cancellationToken))!;
        var changed = ordered with { Why = "Once.", Version = ordered.Version + 1 };
        await operations.RedriveStore.WriteAsync(changed, cancellationToken);

        var again = await operations.RedriveStore.WriteAsync(changed, cancellationToken);
        var another = await operations.RedriveStore.WriteAsync(changed with { Why = "Else." }, cancellationToken);

        Assert.Equal((true, false), (again, another));
    }

    [Fact]
    public async Task Asking_for_one_that_runs_lists_it_once_more()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(1, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup, cancellationToken);
        await pipeline.DynamoDb.DeleteItemAsync(
            pipeline.Names.OperationsTable,
            new() { ["log"] = new(UnderWay), ["entry"] = new(id) },
            cancellationToken
        );

        await operations.Redrives.ResumeAsync(id, Who, cancellationToken);

        Assert.Equal([id], await operations.RedriveStore.UnderWayAsync(cancellationToken));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 0)]
    public async Task An_entry_without_a_redrive_goes_when_nobody_can_be_about_to_write_one(int minutesAgo, int left)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var listed = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(minutesAgo);
        await pipeline.ListUnderWayAsync("nobody", listed, cancellationToken);

        await operations.Runner.RunAsync("nobody", cancellationToken);

        Assert.Equal(left, (await operations.RedriveStore.UnderWayAsync(cancellationToken)).Count);
    }

    [Fact]
    public async Task The_letters_of_one_that_has_ended_are_not_read_again_while_it_is_still_listed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var tables = new FaultyDynamoDb(pipeline);
        using var operations = new OperationsUnderTest(pipeline, tables);
        await operations.BuryAsync(1, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup, cancellationToken);
        await operations.Redrives.CancelAsync(id, Who, cancellationToken);
        await operations.Runner.RunAsync(id, cancellationToken);

        tables.Throttled = pipeline.Names.DeadLettersTable;
        await operations.Runner.RunAsync(id, cancellationToken);

        Assert.Equal([id], await operations.RedriveStore.UnderWayAsync(cancellationToken));
        Assert.Equal(0, tables.Left);
    }

    private static string LogOf(PutItemRequest request) => request.Item.GetValueOrDefault("log")?.S ?? "";

    private static async Task<Answer<RedriveView>> OrderAsync(
        OperationsUnderTest operations,
        CancellationToken cancellationToken
    )
    {
        await operations.BuryAsync(1, cancellationToken);
        return await operations.Redrives.OrderAsync(OperationsUnderTest.TheGroup, Who, cancellationToken);
    }
}
