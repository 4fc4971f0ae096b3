using System.Net;
using System.Net.Http.Json;
using GenesysMock.Publishing;
using GenesysMock.Tests.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace GenesysMock.Tests.Admin;

public sealed class AdminTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Limits_can_be_changed_while_it_runs()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        using var put = await client.PutAsJsonAsync(
            "/mock/limits",
            new { perToken = 1, body = "Legacy" },
            Cancellation
        );
        var limits = await client.GetAsync("/mock/limits", Cancellation).JsonAsync();
        using var passed = await client.GetAsync("/api/v2/tokens/me", Cancellation);
        using var refused = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(1, limits.GetProperty("perToken").GetInt32());
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], [passed.StatusCode, refused.StatusCode]);
    }

    [Fact]
    public async Task Faults_can_be_changed_while_it_runs()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        using var put = await client.PutAsJsonAsync(
            "/mock/faults",
            new
            {
                rules = new[]
                {
                    new
                    {
                        kind = "Status",
                        status = 502,
                        endpoint = "/api/v2/*",
                    },
                },
            },
            Cancellation
        );
        using var struck = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, struck.StatusCode);
    }

    [Theory]
    [InlineData("/mock/limits", """{"perTokn":1}""", "perTokn")]
    [InlineData("/mock/limits", """{"tokenLifetimeSeconds":299}""", "TokenLifetimeSeconds")]
    [InlineData("/mock/limits", """{"endpoints":[{"endpoint":"users"}]}""", "Endpoint")]
    [InlineData("/mock/faults", """{"rules":[{"kind":"Flood"}]}""", "kind")]
    [InlineData("/mock/faults", """{"rules":[{"kind":"Status","rate":2}]}""", "Rate")]
    [InlineData("/mock/faults", """{"rules":[{"kind":"Latency","from":"00:00:02"}]}""", "From")]
    public async Task What_makes_no_sense_is_refused_by_name(string path, string body, string named)
    {
        await using var mock = MockHost.Start();
        using var client = mock.Client();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PutAsync(path, content, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            named,
            (await response.JsonAsync()).GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("calm")]
    [InlineData("monday-morning")]
    [InlineData("storm")]
    [InlineData("outage")]
    [InlineData("throttled")]
    public async Task Each_scenario_can_be_chosen_and_explains_itself(string name)
    {
        await using var mock = MockHost.Start();
        using var client = mock.Client();

        using var chosen = await client.PostAsync($"/mock/scenario/{name}", content: null, Cancellation);
        var scenarios = await client.GetAsync("/mock/scenarios", Cancellation).JsonAsync();

        var current = Assert.Single(scenarios.EnumerateArray(), one => one.GetProperty("current").GetBoolean());
        Assert.Equal(name, current.GetProperty("name").GetString());
        Assert.NotEmpty(current.GetProperty("description").GetString()!);
    }

    [Theory]
    [InlineData("hurricane")]
    [InlineData("..%2Fappsettings")]
    public async Task A_scenario_that_does_not_exist_is_not_found(string name)
    {
        await using var mock = MockHost.Start();
        using var client = mock.Client();

        using var chosen = await client.PostAsync($"/mock/scenario/{name}", content: null, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, chosen.StatusCode);
    }

    [Fact]
    public async Task The_scenario_to_start_with_lies_below_all_other_settings()
    {
        await using var mock = MockHost.Start(("Mock:Scenario", "throttled"), ("Mock:Limits:TokenBurst", "7"));
        using var client = mock.Client();

        var limits = await client.GetAsync("/mock/limits", Cancellation).JsonAsync();

        Assert.Equal(60, limits.GetProperty("perToken").GetInt32());
        Assert.Equal(7, limits.GetProperty("tokenBurst").GetInt32());
    }

    [Theory]
    [InlineData("""{"events":0}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"events":10,"ratePerSecond":0}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"events":10,"duplicates":1.5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"events":10,"scenario":"hurricane"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"evnets":10}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"events":10,"burst":{"every":"00:00:10","for":"00:00:02"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"events":1000001}""", HttpStatusCode.Conflict)]
    public async Task A_run_that_cannot_be_is_refused(string body, HttpStatusCode status)
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = MockHost.Start(("Mock:IngestorUrl", ingestor.Url.ToString()));
        using var client = mock.Client();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync("/mock/traffic", content, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Empty(ingestor.Requests);
    }

    [Fact]
    public async Task Only_so_many_runs_are_under_way_at_once()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = MockHost.Start(
            ("Mock:IngestorUrl", ingestor.Url.ToString()),
            ("Mock:Traffic:RunsAtOnceMax", "1")
        );
        using var client = mock.Client();
        var slow = new { events = 1_000, ratePerSecond = 1 };

        using var first = await client.PostAsJsonAsync("/mock/traffic", slow, Cancellation);
        using var second = await client.PostAsJsonAsync("/mock/traffic", slow, Cancellation);

        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Conflict], [first.StatusCode, second.StatusCode]);
    }

    [Fact]
    public async Task Old_runs_are_forgotten()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = MockHost.Start(
            ("Mock:IngestorUrl", ingestor.Url.ToString()),
            ("Mock:Traffic:RunsMax", "2")
        );
        using var client = mock.Client();
        var runs = mock.Services.GetRequiredService<TrafficRuns>();
        for (var run = 0; run < 3; run++)
        {
            using var started = await client.PostAsJsonAsync("/mock/traffic", new { events = 1 }, Cancellation);
            await runs.All[^1].Ended;
        }

        using var forgotten = await client.GetAsync("/mock/traffic/run-1", Cancellation);

        Assert.Equal(["run-2", "run-3"], runs.All.Select(run => run.Id));
        Assert.Equal(HttpStatusCode.NotFound, forgotten.StatusCode);
    }

    [Fact]
    public async Task The_truth_counts_windows_tokens_and_refusals()
    {
        await using var mock = MockHost.Start(("Mock:Limits:PerToken", "2"));
        using var client = await mock.LoggedInAsync();
        for (var request = 0; request < 3; request++)
        {
            using var response = await client.GetAsync("/api/v2/tokens/me", Cancellation);
        }

        mock.Time.Advance(TimeSpan.FromMinutes(1));
        using var next = await client.GetAsync("/api/v2/tokens/me", Cancellation);
        var truth = (await client.GetAsync("/mock/truth", Cancellation).JsonAsync()).GetProperty("api");

        Assert.Equal(1, truth.GetProperty("tokens").GetProperty("minted").GetInt32());
        Assert.Equal(4, truth.GetProperty("requests").GetInt32());
        Assert.Equal(1, truth.GetProperty("refused").GetInt32());
        Assert.Equal(3, truth.GetProperty("mostInOneWindow").GetInt32());
        Assert.Equal(
            [("token-1", 3, 1), ("token-1", 1, 0)],
            truth
                .GetProperty("windows")
                .EnumerateArray()
                .Select(window =>
                    (
                        window.GetProperty("of").GetString()!,
                        window.GetProperty("requests").GetInt32(),
                        window.GetProperty("refused").GetInt32()
                    )
                )
        );
    }

    [Fact]
    public async Task The_truth_can_begin_anew()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();
        using var asked = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        using var reset = await client.DeleteAsync("/mock/truth", Cancellation);
        var truth = (await client.GetAsync("/mock/truth", Cancellation).JsonAsync()).GetProperty("api");

        Assert.Equal(0, truth.GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task The_status_page_shows_everything_and_runs_no_script()
    {
        await using var mock = MockHost.Start();
        using var client = mock.Client();

        using var response = await client.GetAsync("/", Cancellation);
        var html = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("default-src 'none'", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("action=\"/mock/scenario/storm\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_of_the_status_page_leads_back_to_it()
    {
        await using var mock = MockHost.Start();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = mock.Address };
        using var form = new FormUrlEncodedContent([]);

        using var response = await client.PostAsync("/mock/scenario/storm", form, Cancellation);

        Assert.Equal("/", response.Headers.Location?.ToString());
    }
}
