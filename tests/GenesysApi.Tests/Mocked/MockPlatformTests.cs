using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Tests.Simulated;

namespace GenesysApi.Tests.Mocked;

/// <summary>GenesysMock over real HTTP.</summary>
public sealed class MockPlatformTests : PlatformContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected override async Task OnPlatformAsync(Func<APlatform, Task> story)
    {
        await using var mock = await Mock.StartAsync();
        await using var client = new AClient(mock.Address, new InMemoryBudgetStore());
        var id = (await mock.HappenAsync(100))[0];
        var conversation = Assert.IsType<ApiOutcome<Conversation>.Answered>(
            await client.Api.GetConversationAsync(id, DateTimeOffset.UnixEpoch, BudgetClass.Live, Token)
        );

        await story(
            new APlatform(client.Api, TimeProvider.System, id, conversation.Value.Participants![0].Id!)
            {
                RevokeTokensAsync = mock.RevokeTokensAsync,
                LimitAsync = calls => mock.LimitAsync($$"""{"perToken":{{calls}},"perOrganization":0}"""),
                Token = Token,
            }
        );
    }
}
