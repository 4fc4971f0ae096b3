using System.Net;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Tests.Simulated;

namespace GenesysApi.Tests.Calls;

public sealed class UnauthorizedTests : IAsyncDisposable
{
    private readonly AClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Fifty_calls_whose_token_is_refused_at_once_ask_for_one_new_token_and_are_answered()
    {
        var arrived = 0;
        var allThere = new TaskCompletionSource();
        _client.Server.Api = async (request, _) =>
        {
            if (request.Headers.Authorization!.Parameter != "token 1")
            {
                return CannedServer.Json(HttpStatusCode.OK, """{"id":"c1"}""");
            }

            if (Interlocked.Increment(ref arrived) == 50)
            {
                allThere.SetResult();
            }

            await allThere.Task;
            return CannedServer.Json(HttpStatusCode.Unauthorized, """{"code":"credentials.expired"}""");
        };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync()));

        Assert.All(outcomes, outcome => Assert.IsType<ApiOutcome<Conversation>.Answered>(outcome));
        Assert.Equal((2, 100), (_client.Server.TokensAsked, _client.Server.ApiCalls));
    }

    [Fact]
    public async Task A_call_that_is_refused_twice_is_deferred_and_not_sent_a_third_time()
    {
        _client.Server.Api = (_, _) =>
            Task.FromResult(CannedServer.Json(HttpStatusCode.Unauthorized, """{"code":"bad.credentials"}"""));

        var outcome = await GetAsync();

        Assert.Equal(
            ("bad.credentials", "token"),
            Assert.IsType<ApiOutcome<Conversation>.Deferred>(outcome) is var d ? (d.Reason, d.By) : default
        );
        Assert.Equal(2, _client.Server.ApiCalls);
    }

    [Fact]
    public async Task A_client_that_gets_no_token_defers_its_calls_and_sends_none()
    {
        _client.Server.Login = (_, _) =>
            Task.FromResult(CannedServer.Json(HttpStatusCode.BadRequest, """{"error":"invalid_client"}"""));

        var outcome = Assert.IsType<ApiOutcome<Conversation>.Deferred>(await GetAsync());

        Assert.Equal(("no token: invalid_client", "token", 0), (outcome.Reason, outcome.By, _client.Server.ApiCalls));
    }

    [Fact]
    public async Task An_effect_whose_token_is_refused_is_sent_again_with_a_new_one()
    {
        _client.Server.Api = (request, _) =>
            Task.FromResult(
                request.Headers.Authorization!.Parameter == "token 1"
                    ? new HttpResponseMessage(HttpStatusCode.Unauthorized)
                    : new HttpResponseMessage(HttpStatusCode.OK)
            );

        var outcome = await _client.Api.PatchParticipantAttributesAsync(
            "c1",
            "p1",
            new Dictionary<string, string> { ["crm"] = "1" },
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            BudgetClass.Live,
            Token
        );

        Assert.IsType<ApiOutcome<Done>.Answered>(outcome);
        Assert.Equal("""{"attributes":{"crm":"1"}}""", _client.Server.LastApiRequest.Body);
    }

    private Task<ApiOutcome<Conversation>> GetAsync() =>
        _client.Api.GetConversationAsync("c1", DateTimeOffset.UnixEpoch, BudgetClass.Live, Token);
}
