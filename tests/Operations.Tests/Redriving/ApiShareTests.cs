using GenesysApi.Budget;
using Microsoft.Extensions.Options;
using Operations.Budget;
using Operations.Redriving;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Redriving;

public sealed class ApiShareTests(EmulatedAws aws)
{
    /// <summary>Of sixty calls a minute: one letter every five seconds.</summary>
    private const int Percent = 20;

    [Fact]
    public async Task Two_redrives_at_once_have_one_share_of_the_budget_together()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        var time = new ManualTimeProvider();
        await pipeline.DynamoDb.PutItemAsync(
            pipeline.Names.BudgetTable,
            BudgetItem.From(BudgetRecord.Unused("a client") with { Allowed = 60 }, time.GetUtcNow()),
            cancellationToken
        );
        var share = new ApiShare(new BudgetTable(pipeline.DynamoDb, Options.Create(pipeline.Names)), time);
        var (one, another) = (new RedrivePace(share, time), new RedrivePace(share, time));

        var first = await one.NextAsync(ARedrive(), costsApi: true, cancellationToken);
        var second = await another.NextAsync(ARedrive(), costsApi: true, cancellationToken);
        var free = await another.NextAsync(ARedrive(), costsApi: false, cancellationToken);
        time.Advance(TimeSpan.FromSeconds(5));
        var later = await another.NextAsync(ARedrive(), costsApi: true, cancellationToken);

        Assert.Equal(TimeSpan.Zero, first.Wait);
        Assert.Equal(TimeSpan.FromSeconds(5), second.Wait);
        Assert.True(free.Wait <= TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, later.Wait);
    }

    private static Redrive ARedrive() =>
        new()
        {
            Id = "r1",
            State = RedriveState.Running,
            Why = "It was ordered.",
            Of = "a group",
            By = "a test",
            CreatedAt = DateTimeOffset.UnixEpoch,
            ChangedAt = DateTimeOffset.UnixEpoch,
            Ramp = [1],
            RatePerSecond = 5,
            BudgetSharePercent = Percent,
            StopAtPercent = 20,
            Taken = 2,
        };
}
