using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Events.DeadLetters;
using Operations.Overview;
using Operations.Tests.Browsing;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Http;

public sealed class HttpApiTests(EmulatedAws aws, SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("a-token-that-nobody-has", HttpStatusCode.Unauthorized)]
    [InlineData(OperationsServer.ReaderToken, HttpStatusCode.Forbidden)]
    [InlineData(OperationsServer.OperatorToken, HttpStatusCode.BadRequest)]
    public async Task Only_an_operator_may_order_a_redrive(string? token, HttpStatusCode expected)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await shared.ServerAsync();

        var answer = await server.ClientWith(token).PostAsJsonAsync("/api/redrives", new { }, cancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_group_is_found_redriven_in_one_step_and_checked()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var server = new OperationsServer(pipeline);
        var client = server.ClientWith(OperationsServer.OperatorToken);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);

        var groups = await Eventually.SeesAsync(
            token => client.GetFromJsonAsync<JsonElement>("/api/dead-letters/groups", token),
            seen => seen.GetProperty("groups").GetArrayLength() > 0,
            TimeSpan.FromSeconds(20),
            cancellationToken
        );
        var group = groups.GetProperty("groups")[0];
        var order = new
        {
            request = "execution-0-0",
            @class = group.GetProperty("class").GetString(),
            reason = group.GetProperty("reason").GetString(),
            count = 10,
            ratePerSecond = 5,
            budgetSharePercent = 20,
        };
        var ordered = await (
            await client.PostAsJsonAsync("/api/redrives", order, cancellationToken)
        ).Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var check = await Eventually.SeesAsync(
            async token =>
            {
                await new StandInConsumer(pipeline, _ => false).ConsumeAsync(token);
                return await client.GetFromJsonAsync<JsonElement>(
                    $"/api/redrives/{ordered.GetProperty("redrive").GetString()}",
                    token
                );
            },
            seen => seen.GetProperty("pending").GetInt32() == 0,
            TimeSpan.FromSeconds(20),
            cancellationToken
        );

        Assert.Equal(1, ordered.GetProperty("taken").GetInt32());
        Assert.Equal(
            (0, 0.0, "done"),
            (
                check.GetProperty("failedAgain").GetInt32(),
                check.GetProperty("failedAgainPercent").GetDouble(),
                check.GetProperty("state").GetString()
            )
        );
    }

    [Fact]
    public async Task The_latest_conversations_can_be_browsed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var server = new OperationsServer(pipeline);
        await pipeline.SummariseAsync("older", "present", TimeSpan.FromHours(2), cancellationToken);
        await pipeline.SummariseAsync("newer", "pending", TimeSpan.FromHours(1), cancellationToken);

        var all = await LatestAsync(server, "", cancellationToken);
        var one = await LatestAsync(server, "?take=1", cancellationToken);
        var none = await LatestAsync(server, "?take=-7", cancellationToken);

        Assert.Equal(["newer", "older"], all);
        Assert.Equal("newer", Assert.Single(one));
        Assert.Equal("newer", Assert.Single(none));
    }

    [Fact]
    public async Task What_others_wrote_beside_a_message_is_hidden_until_it_is_asked_for()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var server = new OperationsServer(pipeline, settings: ("Collecting:Enabled", "false"));
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.BuryAsync(
            AnEvent.Of(1),
            "effect-timeout",
            FailureClass.Transient,
            cancellationToken,
            ("caller", "Jane Doe")
        );
        await operations.CollectAllAsync(cancellationToken);
        var id = (await operations.OnlyLetterAsync(cancellationToken)).Id;
        var client = server.ClientWith(OperationsServer.OperatorToken);

        var listed = await client.GetStringAsync("/api/dead-letters", cancellationToken);
        var opened = await client.GetStringAsync($"/api/dead-letters/{id}", cancellationToken);
        var revealed = await client.GetStringAsync($"/api/dead-letters/{id}?reveal=true", cancellationToken);
        var discarded = await client.PostAsJsonAsync(
            $"/api/dead-letters/{id}/discard",
            new { note = "a test" },
            cancellationToken
        );

        Assert.All(
            [listed, opened, await discarded.Content.ReadAsStringAsync(cancellationToken)],
            answer =>
            {
                Assert.Contains("effect-timeout", answer, StringComparison.Ordinal);
                Assert.DoesNotContain("Jane", answer, StringComparison.Ordinal);
            }
        );
        Assert.Contains("Jane Doe", revealed, StringComparison.Ordinal);
    }

    /// <summary>Of a process of its own: within one, the meters of all that runs there are heard by whoever listens.</summary>
    [Fact]
    public async Task What_a_service_counts_is_there_for_the_overview_to_read()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var operations = await aws.Site.OperationsAsync();
        using var client = new HttpClient();

        var readings = await Eventually.SeesAsync(
            async token =>
                PrometheusText.Read(await client.GetStringAsync(new Uri(operations.Link, "/metrics"), token)),
            // A letter is known before it is counted.
            seen => Died(seen) >= SharedSite.Letters,
            TimeSpan.FromSeconds(120),
            cancellationToken
        );

        Assert.Equal(SharedSite.Letters, Died(readings));
        Assert.Contains(readings, reading => reading.Name == "genesys_operations_dead_letters");
    }

    private static double Died(IEnumerable<Reading> readings) =>
        readings
            .Where(reading => reading.Name == "genesys_operations_arrived_total" && reading.Has("result", "died"))
            .Sum(reading => reading.Value);

    private static async Task<List<string?>> LatestAsync(
        OperationsServer server,
        string query,
        CancellationToken cancellationToken
    )
    {
        var answer = await server
            .ClientWith(OperationsServer.ReaderToken)
            .GetFromJsonAsync<JsonElement>($"/api/conversations{query}", cancellationToken);
        return
        [
            .. answer
                .GetProperty("conversations")
                .EnumerateArray()
                .Select(line => line.GetProperty("conversationId").GetString()),
        ];
    }

    [Fact]
    public async Task A_page_lets_no_script_of_its_own_run()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await shared.ServerAsync();

        var answer = await server.ClientWith(null).GetAsync("/login", cancellationToken);

        // Blazor adds one of its own; a browser keeps to all of them.
        var policy = string.Join("; ", answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }
}
