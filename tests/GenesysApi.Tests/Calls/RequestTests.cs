using System.Net;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Directory;
using GenesysApi.Tests.Simulated;

namespace GenesysApi.Tests.Calls;

/// <summary>What each call sends, and that it reads what the platform is known to answer.</summary>
public sealed class RequestTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    private readonly AClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task A_hundred_conversations_are_one_call()
    {
        Answer(Samples.DetailsOfTheLifecycle);
        var ids = Enumerable.Range(1, 100).Select(number => $"c{number}").ToList();

        var outcome = await _client.Api.GetConversationDetailsAsync(ids, BudgetClass.Live, Token);

        var details = Assert.Single(
            Assert.IsType<ApiOutcome<IReadOnlyList<ConversationDetails>>.Answered>(outcome).Value
        );
        Assert.Equal(
            ["customer", "ivr", "acd", "agent"],
            details.Participants!.Select(participant => participant.Purpose)
        );
        Assert.Equal("/api/v2/analytics/conversations/details", _client.Server.LastApiRequest.Uri.AbsolutePath);
        Assert.Equal("?" + string.Join('&', ids.Select(id => $"id={id}")), _client.Server.LastApiRequest.Uri.Query);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task No_ids_or_too_many_are_a_bug_of_the_caller(int count)
    {
        var ids = Enumerable.Range(0, count).Select(number => $"c{number}").ToList();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            _client.Api.GetConversationDetailsAsync(ids, BudgetClass.Live, Token)
        );
    }

    [Fact]
    public async Task A_conversation_is_read_with_its_participants_attributes()
    {
        Answer(Samples.Conversation);

        var outcome = await _client.Api.GetConversationAsync("bc877f8f", Start, BudgetClass.Live, Token);

        var conversation = Assert.IsType<ApiOutcome<Conversation>.Answered>(outcome).Value;
        Assert.Equal("Member", conversation.Participants![0].Attributes!["CallerType"]);
    }

    [Fact]
    public async Task A_query_names_its_interval_and_page()
    {
        Answer("""{"conversations":[],"totalHits":0}""");

        await _client.Api.QueryConversationDetailsAsync(
            Start,
            Start.AddDays(1),
            pageNumber: 3,
            BudgetClass.Operator,
            Token
        );

        Assert.Equal(
            """{"interval":"2026-03-19T14:00:00.000Z/2026-03-20T14:00:00.000Z","order":"asc","orderBy":"conversationStart","paging":{"pageSize":100,"pageNumber":3}}""",
            _client.Server.LastApiRequest.Body
        );
    }

    [Fact]
    public async Task A_query_that_hangs_once_is_asked_again_for_it_changes_nothing()
    {
        _client.Server.Api = (_, _) =>
            _client.Server.ApiCalls == 1
                ? throw new HttpRequestException(HttpRequestError.ResponseEnded)
                : Task.FromResult(CannedServer.Json(HttpStatusCode.OK, """{"conversations":[]}"""));

        var outcome = await _client.Api.QueryConversationDetailsAsync(
            Start,
            Start.AddDays(1),
            1,
            BudgetClass.Live,
            Token
        );

        Assert.IsType<ApiOutcome<ConversationDetailsPage>.Answered>(outcome);
    }

    [Fact]
    public async Task Users_and_queues_are_asked_for_by_their_ids()
    {
        Answer("""{"entities":[{"id":"x","name":"Support","memberCount":25}],"pageSize":100}""");

        var users = await _client.Api.GetUsersAsync(["x"], BudgetClass.Live, Token);
        var asked = _client.Server.LastApiRequest.Uri.PathAndQuery;
        var queues = await _client.Api.GetQueuesAsync(["x"], BudgetClass.Live, Token);

        Assert.Equal(
            "Support",
            Assert.Single(Assert.IsType<ApiOutcome<IReadOnlyList<User>>.Answered>(users).Value).Name
        );
        Assert.Equal(
            "Support",
            Assert.Single(Assert.IsType<ApiOutcome<IReadOnlyList<Queue>>.Answered>(queues).Value).Name
        );
        Assert.Equal("/api/v2/users?pageSize=100&id=x", asked);
        Assert.Equal("/api/v2/routing/queues?pageSize=100&id=x", _client.Server.LastApiRequest.Uri.PathAndQuery);
    }

    private void Answer(string body) =>
        _client.Server.Api = (_, _) => Task.FromResult(CannedServer.Json(HttpStatusCode.OK, body));
}
