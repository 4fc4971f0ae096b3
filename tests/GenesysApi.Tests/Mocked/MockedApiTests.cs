using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Directory;
using GenesysApi.Tests.Simulated;

namespace GenesysApi.Tests.Mocked;

using Details = IReadOnlyList<ConversationDetails>;
using Users = IReadOnlyList<User>;

/// <summary>The client over real HTTP, against a Genesys Cloud that is written by others from the same facts.</summary>
public sealed class MockedApiTests : IAsyncLifetime
{
    private Mock? _mock;
    private AClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Mock Mock => _mock!;

    private IGenesysApi Api => _client!.Api;

    public async ValueTask InitializeAsync()
    {
        _mock = await Mock.StartAsync();
        _client = new AClient(Mock.Address, new InMemoryBudgetStore());
    }

    public async ValueTask DisposeAsync()
    {
        await _client!.DisposeAsync();
        await _mock!.DisposeAsync();
    }

    [Fact]
    public async Task Conversations_are_told_of_a_hundred_at_a_time_and_by_pages()
    {
        var ids = await Mock.HappenAsync(1_500);

        var details = await Api.GetConversationDetailsAsync([.. ids.Take(99), "unknown"], BudgetClass.Live, Token);
        var now = TimeProvider.System.GetUtcNow();
        var page = await Api.QueryConversationDetailsAsync(
            now.AddDays(-2),
            now.AddDays(1),
            1,
            BudgetClass.Operator,
            Token
        );

        var told = Assert.IsType<ApiOutcome<Details>.Answered>(details).Value;
        Assert.Equal(ids.Take(99).Order(), told.Select(conversation => conversation.ConversationId).Order());
        Assert.All(told, conversation => Assert.NotEmpty(conversation.Participants!));
        Assert.Equal(100, Assert.IsType<ApiOutcome<ConversationDetailsPage>.Answered>(page).Value.Conversations!.Count);
    }

    [Fact]
    public async Task An_attribute_that_was_written_can_be_read_back()
    {
        var id = (await Mock.HappenAsync(100))[0];
        var before = Assert.IsType<ApiOutcome<Conversation>.Answered>(
            await Api.GetConversationAsync(id, DateTimeOffset.UnixEpoch, BudgetClass.Live, Token)
        );
        var participant = before.Value.Participants![0].Id!;

        var patched = await Api.PatchParticipantAttributesAsync(
            id,
            participant,
            new Dictionary<string, string> { ["crm"] = "1" },
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            BudgetClass.Live,
            Token
        );
        var after = await Api.GetConversationAsync(id, DateTimeOffset.UnixEpoch, BudgetClass.Live, Token);

        Assert.IsType<ApiOutcome<Done>.Answered>(patched);
        Assert.Equal(
            "1",
            Assert.IsType<ApiOutcome<Conversation>.Answered>(after).Value.Participants![0].Attributes!["crm"]
        );
    }

    [Fact]
    public async Task A_conversation_that_analytics_does_not_know_yet_is_left_out()
    {
        await Mock.FailAsync("""{"rules":[],"detailsAfter":"01:00:00"}""");
        var ids = await Mock.HappenAsync(100);

        var details = await Api.GetConversationDetailsAsync([ids[0]], BudgetClass.Live, Token);

        Assert.Empty(Assert.IsType<ApiOutcome<Details>.Answered>(details).Value);
    }

    [Fact]
    public async Task A_conversation_that_is_not_there_is_not_there_yet_or_never()
    {
        var now = TimeProvider.System.GetUtcNow();

        var young = await Api.GetConversationAsync(Guid.NewGuid().ToString(), now, BudgetClass.Live, Token);
        var old = await Api.GetConversationAsync(Guid.NewGuid().ToString(), now.AddHours(-1), BudgetClass.Live, Token);

        Assert.IsType<ApiOutcome<Conversation>.NotYet>(young);
        Assert.Equal(404, Assert.IsType<ApiOutcome<Conversation>.Rejected>(old).Status);
    }

    [Theory]
    [InlineData("Current", "Seconds")]
    [InlineData("Current", "Date")]
    [InlineData("Current", "Missing")]
    [InlineData("Legacy", "Seconds")]
    public async Task After_one_refusal_no_further_call_reaches_the_platform(string body, string retryAfter)
    {
        await Mock.LimitAsync(
            $$"""{"perToken":0,"perOrganization":0,"body":"{{body}}","retryAfter":"{{retryAfter}}","endpoints":[{"endpoint":"GET /api/v2/users","allowed":1}]}"""
        );
        await UsersAsync();

        var refused = Assert.IsType<ApiOutcome<Users>.Deferred>(await UsersAsync());
        var withheld = Assert.IsType<ApiOutcome<Users>.Deferred>(await UsersAsync());

        Assert.Equal(("rate limited", "budget blocked"), (refused.Reason, withheld.Reason));
        Assert.InRange((refused.Until - TimeProvider.System.GetUtcNow()).TotalSeconds, 50, 64);
        Assert.Equal(1, (await Mock.TruthAsync()).GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task A_daily_limit_of_one_endpoint_parks_its_calls_for_hours_and_no_others()
    {
        await Mock.LimitAsync(
            """{"perToken":0,"perOrganization":0,"endpoints":[{"endpoint":"GET /api/v2/users","allowed":1,"window":"1.00:00:00","namespace":"directory","key":"users.per.day","retryAfter":"04:00:00"}]}"""
        );
        await UsersAsync();

        var users = Assert.IsType<ApiOutcome<Users>.Deferred>(await UsersAsync());
        var queues = await Api.GetQueuesAsync([Guid.NewGuid().ToString()], BudgetClass.Live, Token);

        Assert.Equal("users.per.day", users.By);
        Assert.InRange((users.Until - TimeProvider.System.GetUtcNow()).TotalHours, 3.9, 4.1);
        Assert.IsType<ApiOutcome<IReadOnlyList<Queue>>.Answered>(queues);
    }

    [Fact]
    public async Task A_token_with_a_small_limit_is_never_refused()
    {
        await Mock.LimitAsync("""{"perToken":20,"perOrganization":0}""");

        var calls = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => UsersAsync()));

        Assert.Contains(calls, outcome => outcome is ApiOutcome<Users>.Answered);
        Assert.Contains(calls, outcome => outcome is ApiOutcome<Users>.Deferred);
        Assert.Equal(0, (await Mock.TruthAsync()).GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task Fifty_calls_whose_token_is_revoked_cost_one_new_token()
    {
        await UsersAsync();
        await Mock.RevokeTokensAsync();

        var calls = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => UsersAsync()));

        Assert.All(calls, outcome => Assert.IsType<ApiOutcome<Users>.Answered>(outcome));
        Assert.Equal(2, (await Mock.TruthAsync()).GetProperty("tokens").GetProperty("minted").GetInt32());
    }

    [Fact]
    public async Task A_login_host_that_asks_for_fewer_logins_is_left_alone()
    {
        await Mock.LimitAsync("""{"perToken":0,"perOrganization":0,"tokenBurst":1,"tokensPerSecond":0.001}""");
        await UsersAsync();
        await Mock.RevokeTokensAsync();

        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => UsersAsync()));

        Assert.All(
            calls,
            outcome => Assert.Equal("no token: throttled", Assert.IsType<ApiOutcome<Users>.Deferred>(outcome).Reason)
        );
        Assert.Equal(1, (await Mock.TruthAsync()).GetProperty("tokens").GetProperty("throttled").GetInt32());
    }

    [Theory]
    [InlineData("""{"kind":"Status","status":502,"body":"Html","times":2}""")]
    [InlineData("""{"kind":"Status","status":503,"body":"Empty","times":1}""")]
    [InlineData("""{"kind":"Reset","times":1}""")]
    public async Task A_read_outlives_a_short_failure(string fault)
    {
        await UsersAsync();
        await Mock.FailAsync($$"""{"rules":[{{fault}}]}""");

        Assert.IsType<ApiOutcome<Users>.Answered>(await UsersAsync());
    }

    [Fact]
    public async Task A_read_that_hangs_is_given_up()
    {
        await using var client = new AClient(
            Mock.Address,
            new InMemoryBudgetStore(),
            ("AttemptTimeout", "00:00:00.3"),
            ("RetriesMax", "1")
        );
        await client.Api.GetUsersAsync([Guid.NewGuid().ToString()], BudgetClass.Live, Token);
        await Mock.FailAsync("""{"rules":[{"kind":"Hang"}]}""");

        var outcome = await client.Api.GetUsersAsync([Guid.NewGuid().ToString()], BudgetClass.Live, Token);

        Assert.Equal(new ApiOutcome<Users>.Unavailable("timeout"), outcome);
    }

    [Theory]
    [InlineData("""{"kind":"Reset"}""")]
    [InlineData("""{"kind":"Status","status":504,"body":"Html"}""")]
    public async Task An_effect_whose_answer_is_lost_is_ambiguous_and_was_sent_once(string fault)
    {
        await UsersAsync();
        await Mock.FailAsync($$"""{"rules":[{{fault}}]}""");

        var outcome = await Api.PatchParticipantAttributesAsync(
            Guid.NewGuid().ToString(),
            Guid.NewGuid().ToString(),
            new Dictionary<string, string> { ["crm"] = "1" },
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            BudgetClass.Live,
            Token
        );

        Assert.IsType<ApiOutcome<Done>.Ambiguous>(outcome);
        Assert.Equal(2, (await Mock.TruthAsync()).GetProperty("requests").GetInt32());
    }

    private Task<ApiOutcome<Users>> UsersAsync() =>
        Api.GetUsersAsync([Guid.NewGuid().ToString()], BudgetClass.Live, Token);
}
