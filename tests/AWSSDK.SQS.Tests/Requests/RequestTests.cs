namespace AWSSDK.SQS.Tests.Requests;

public sealed class RequestTests
{
    public static TheoryData<string> Calls => [.. SameCalls.ByName.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_sends_what_the_AWS_CLI_sends_for_it(string name)
    {
        await using var sqs = await LoopbackSqs.StartAsync(Answer.Ok());
        using var client = sqs.CreateClient();

        await SameCalls.ByName[name](client, TestContext.Current.CancellationToken);

        RecordedCall.Load(name).AssertSameAs(Assert.Single(sqs.Requests));
    }

    [Fact]
    public void Every_recorded_call_is_compared()
    {
        Assert.Equal(RecordedCall.Names, SameCalls.ByName.Keys.Order());
    }
}
