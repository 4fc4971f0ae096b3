using System.Net;
using System.Net.Http.Json;

namespace GenesysMock.Tests.Faults;

public sealed class FaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_gateway_answers_with_a_page(int status)
    {
        await using var mock = MockHost.Start(Fault(("Kind", "Status"), ("Status", $"{status}"), ("Body", "Html")));
        using var client = await mock.LoggedInAsync();

        using var response = await client.GetAsync("/api/v2/users", Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("1", response.Header("inin-ratelimit-count"));
    }

    [Theory]
    [InlineData(409, "conflict")]
    [InlineData(500, "internal.server.error")]
    [InlineData(503, "service.unavailable")]
    [InlineData(504, "request.timeout")]
    public async Task The_platform_answers_with_its_own_error(int status, string code)
    {
        await using var mock = MockHost.Start(Fault(("Kind", "Status"), ("Status", $"{status}")));
        using var client = await mock.LoggedInAsync();

        using var response = await client.GetAsync("/api/v2/users", Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (await response.JsonAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_token_can_die_in_the_middle_of_a_run()
    {
        await using var mock = MockHost.Start(
            Fault(("Kind", "Unauthorized"), ("Times", "1"), ("Endpoint", "/api/v2/users"))
        );
        using var client = await mock.LoggedInAsync();

        using var first = await client.GetAsync("/api/v2/users", Cancellation);
        using var again = await client.GetAsync("/api/v2/users", Cancellation);
        using var renewed = await mock.LoggedInAsync();
        using var afterwards = await renewed.GetAsync("/api/v2/users", Cancellation);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK],
            [first.StatusCode, again.StatusCode, afterwards.StatusCode]
        );
    }

    [Fact]
    public async Task A_connection_can_be_reset()
    {
        await using var mock = MockHost.Start(Fault(("Kind", "Reset"), ("Endpoint", "/api/v2/users")));
        using var client = await mock.LoggedInAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/api/v2/users", Cancellation));
    }

    [Fact]
    public async Task An_answer_can_be_lost_after_the_deed()
    {
        await using var mock = MockHost.Start(Fault(("Kind", "Lost"), ("Endpoint", "PATCH /api/v2/conversations/*")));
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();
        var participant = conversation.Participants[0].Party.ParticipantId;

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.PatchAsJsonAsync(
                $"/api/v2/conversations/{conversation.Id}/participants/{participant}/attributes",
                new { attributes = new { crmCaseId = "500" } },
                Cancellation
            )
        );

        var answer = await client.GetAsync($"/api/v2/conversations/{conversation.Id}", Cancellation).JsonAsync();
        var attributes = answer.GetProperty("participants")[0].GetProperty("attributes");
        Assert.Equal("500", attributes.GetProperty("crmCaseId").GetString());
    }

    [Fact]
    public async Task An_answer_may_never_come()
    {
        await using var mock = MockHost.Start(Fault(("Kind", "Hang"), ("Endpoint", "/api/v2/users")));
        using var client = await mock.LoggedInAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var request = client.GetAsync("/api/v2/users", patience.Token);
        mock.Time.Advance(TimeSpan.FromHours(1));

        Assert.False(request.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    [Fact]
    public async Task An_answer_can_take_its_time()
    {
        await using var mock = MockHost.Start(
            Fault(("Kind", "Latency"), ("From", "00:00:03"), ("To", "00:00:03"), ("Endpoint", "/api/v2/users"))
        );
        using var client = await mock.LoggedInAsync();
        var delayed = mock.Time.WaitForNextTimerAsync(Cancellation);

        var request = client.GetAsync("/api/v2/users", Cancellation);
        await delayed;
        mock.Time.Advance(TimeSpan.FromSeconds(2));
        var early = request.IsCompleted;
        mock.Time.Advance(TimeSpan.FromSeconds(1));
        using var response = await request;

        Assert.False(early);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_fault_strikes_only_the_endpoint_it_is_meant_for()
    {
        await using var mock = MockHost.Start(Fault(("Kind", "Status"), ("Endpoint", "GET /api/v2/users")));
        using var client = await mock.LoggedInAsync();

        using var struck = await client.GetAsync("/api/v2/users", Cancellation);
        using var spared = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        Assert.Equal([503, 200], [(int)struck.StatusCode, (int)spared.StatusCode]);
    }

    [Fact]
    public async Task A_fault_can_be_over_after_some_times()
    {
        await using var mock = MockHost.Start(
            Fault(("Kind", "Status"), ("Times", "2"), ("Endpoint", "POST /oauth/token"))
        );
        using var client = mock.Client();

        var statuses = new List<int>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var response = await client.SendAsync(MockHost.LoginRequest("client", "secret"), Cancellation);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([503, 503, 200], statuses);
    }

    [Fact]
    public async Task A_rate_strikes_as_often_as_it_says_and_the_same_requests_every_time()
    {
        var once = await StruckAsync();
        var again = await StruckAsync();

        Assert.Equal(once, again);
        Assert.InRange(once.Count(struck => struck), 60, 140);
    }

    private static async Task<List<bool>> StruckAsync()
    {
        await using var mock = MockHost.Start([
            .. Fault(("Kind", "Status"), ("Rate", "0.1")),
            ("Mock:Limits:PerToken", "0"),
            ("Mock:Limits:PerOrganization", "0"),
        ]);
        using var client = await mock.LoggedInAsync();
        var struck = new List<bool>();
        for (var request = 0; request < 1_000; request++)
        {
            using var response = await client.GetAsync("/api/v2/tokens/me", Cancellation);
            struck.Add(response.StatusCode is HttpStatusCode.ServiceUnavailable);
        }

        return struck;
    }

    private static (string, string)[] Fault(params (string Name, string Value)[] members) =>
        [
            .. members
                .Prepend((Name: "Endpoint", Value: "/api/v2/*"))
                .Select(member => ($"Mock:Faults:Rules:1:{member.Name}", member.Value)),
        ];
}
