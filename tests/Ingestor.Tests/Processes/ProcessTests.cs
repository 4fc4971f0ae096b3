using System.Diagnostics;
using System.Net;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.Processes;

public sealed class ProcessTests(EmulatedQueue queue) : IClassFixture<EmulatedQueue>
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_starts_from_its_environment_alone_and_events_reach_SQS_byte_for_byte()
    {
        await using var ingestor = await IngestorProcess.StartAsync(queue.Environment);
        using var client = ingestor.CreateClient();
        string[] envelopes = [.. Enumerable.Range(0, 12).Select(number => AnEnvelope.With(id: $"event-{number}"))];

        await UntilReadyAsync(client);
        using var response = await client.PostAsync(
            "/events",
            RunningIngestor.Json(AnEnvelope.ArrayOf(envelopes)),
            Ending
        );
        var messages = await queue.TakeAllAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(envelopes.Order(), messages.Select(message => message.Body).Order());
        Assert.All(
            messages,
            message =>
                Assert.True(
                    ActivityContext.TryParse(message.MessageAttributes!["traceparent"].StringValue, null, out _)
                )
        );
    }

    [Fact]
    public async Task The_queue_may_be_named_by_its_URL()
    {
        var environment = new Dictionary<string, string>(queue.Environment) { ["Pipeline__EventsQueue"] = queue.Url };
        await using var ingestor = await IngestorProcess.StartAsync(environment);
        using var client = ingestor.CreateClient();

        await UntilReadyAsync(client);
        using var response = await client.PostAsync("/events", RunningIngestor.Json(AnEnvelope.With()), Ending);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(await queue.TakeAllAsync());
    }

    [Fact]
    public async Task Until_its_queue_is_there_it_is_not_ready_and_takes_nothing()
    {
        var environment = new Dictionary<string, string>(queue.Environment)
        {
            ["Pipeline__EventsQueue"] = "not-there-yet",
        };
        await using var ingestor = await IngestorProcess.StartAsync(environment);
        using var client = ingestor.CreateClient();

        using var refused = await client.PostAsync("/events", RunningIngestor.Json(AnEnvelope.With()), Ending);
        using var health = await client.GetAsync("/health", Ending);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
    }

    [Fact]
    public async Task SIGTERM_lets_what_was_let_in_finish()
    {
        await using var ingestor = await IngestorProcess.StartAsync(queue.Environment);
        using var client = ingestor.CreateClient();
        await UntilReadyAsync(client);
        var acknowledged = 0;
        var senders = Enumerable
            .Range(0, 8)
            .Select(async sender =>
            {
                for (var number = 0; number < 10_000; number++)
                {
                    if (!await TrySendAsync(client, $"{sender}-{number}"))
                    {
                        return;
                    }

                    if (Interlocked.Increment(ref acknowledged) == 200)
                    {
                        ingestor.Terminate();
                    }
                }
            });

        await Task.WhenAll(senders);
        var exitCode = await ingestor.ExitCodeAsync();
        var messages = await queue.TakeAllAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("Drained: 0 events were given up.", ingestor.Output, StringComparison.Ordinal);
        Assert.True(messages.Count >= acknowledged, $"{messages.Count} messages, {acknowledged} acknowledged");
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_and_there_is_no_stack_trace()
    {
        var environment = new Dictionary<string, string>(queue.Environment)
        {
            ["Ingestor__ApiKeys__0"] = "",
            ["Ingestor__AccessKeyId"] = "AKID",
            ["Ingestor__Account"] = "twelve",
            ["Ingestor__Rules__0__Name"] = "broken",
            ["Ingestor__Rules__0__Pattern"] = """{"source":"no list"}""",
            ["Ingestor__Sending__CallTimeout"] = "00:00:30",
        };
        await using var ingestor = IngestorProcess.Launch(environment);

        var exitCode = await ingestor.ExitCodeAsync();

        Assert.Equal(1, exitCode);
        Assert.All(
            ["ApiKeys:0 is blank", "SecretAccessKey", "Account", "'broken'", "CallTimeout"],
            fault => Assert.Contains(fault, ingestor.Output, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("   at ", ingestor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_region_it_says_what_to_set()
    {
        var environment = new Dictionary<string, string>(queue.Environment)
        {
            ["AWS_REGION"] = "",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        await using var ingestor = IngestorProcess.Launch(environment);

        var exitCode = await ingestor.ExitCodeAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("set AWS_REGION", ingestor.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ingestor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_says_what_there_is()
    {
        await using var ingestor = IngestorProcess.Launch(queue.Environment, "--help");

        var exitCode = await ingestor.ExitCodeAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("test-pattern", ingestor.Output, StringComparison.Ordinal);
    }

    private static async Task<bool> TrySendAsync(HttpClient client, string id)
    {
        try
        {
            using var response = await client.PostAsync("/events", RunningIngestor.Json(AnEnvelope.With(id)), Ending);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The service says when it has found its queue.</summary>
    internal static async Task UntilReadyAsync(HttpClient client)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        patience.CancelAfter(30_000);
        while (true)
        {
            using var health = await client.GetAsync("/health", patience.Token);
            if (health.IsSuccessStatusCode)
            {
                return;
            }
        }
    }
}
