using System.Net;
using Ingestor.Authorizing;
using Ingestor.Tests.Hosting;
using Ingestor.Tests.PutEvents;

namespace Ingestor.Tests.Authorizing;

public sealed class ApiKeyTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("x-api-key", RunningIngestor.ApiKey, HttpStatusCode.OK)]
    [InlineData("X-API-KEY", "the-next-key", HttpStatusCode.OK)]
    [InlineData("x-api-key", "another", HttpStatusCode.Unauthorized)]
    [InlineData("x-api-key", "", HttpStatusCode.Unauthorized)]
    [InlineData("x-api-key", RunningIngestor.ApiKey + "x", HttpStatusCode.Unauthorized)]
    [InlineData("authorization", RunningIngestor.ApiKey, HttpStatusCode.Unauthorized)]
    public async Task A_key_opens_the_door_if_it_is_one_of_ours(string header, string key, HttpStatusCode status)
    {
        await using var ingestor = new RunningIngestor().With("ApiKeys:1", "the-next-key");
        using var client = ingestor.Start();

        using var response = await PostAsync(client, header, key);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, ingestor.Queue.Bodies.Count);
    }

    [Fact]
    public async Task The_header_may_have_another_name()
    {
        await using var ingestor = new RunningIngestor().With("ApiKeyHeader", "X-Genesys-Key");
        using var client = ingestor.Start();

        using var response = await PostAsync(client, "x-genesys-key", RunningIngestor.ApiKey);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("another", HttpStatusCode.Unauthorized)]
    public async Task Where_anonymous_is_allowed_no_key_is_needed_but_a_wrong_one_is_wrong(
        string? key,
        HttpStatusCode status
    )
    {
        await using var ingestor = new RunningIngestor().With("AllowAnonymous", "true");
        using var client = ingestor.Start();

        using var response = await PostAsync(client, "x-api-key", key);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_key_opens_PutEvents_too()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (status, _) = await client.CallAsync("PutEvents", SignedCall.Body);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_stranger_is_turned_away_before_his_body_is_read()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        client.DefaultRequestHeaders.Clear();

        using var response = await client.PostAsync("/events", RunningIngestor.Json("no JSON at all"), Ending);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("ApiKey", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_key_is_ever_logged()
    {
        await using var ingestor = new RunningIngestor()
            .With("AccessKeyId", "AKIDEXAMPLE")
            .With("SecretAccessKey", "the-secret-access-key");
        using var client = ingestor.Start();
        using var accepted = await PostAsync(client, "x-api-key", RunningIngestor.ApiKey);
        using var refused = await PostAsync(client, "x-api-key", "a-mistyped-key");
        await ingestor.DisposeAsync();

        var log = string.Join('\n', ingestor.LogLines.Lines);

        Assert.NotEmpty(log);
        Assert.DoesNotContain(RunningIngestor.ApiKey, log, StringComparison.Ordinal);
        Assert.DoesNotContain("a-mistyped-key", log, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret-access-key", log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_does_not_print_itself() => Assert.Equal("(redacted)", $"{new Secret("the-key")}");

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string header, string? key)
    {
        client.DefaultRequestHeaders.Clear();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/events")
        {
            Content = RunningIngestor.Json(AnEnvelope.With()),
        };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation(header, key);
        }

        return await client.SendAsync(request, Ending);
    }
}
