using System.Net;
using Amazon.SQS;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Testing;

namespace ServiceDefaults.Tests;

public sealed class ServiceDefaultsTests
{
    [Theory]
    [InlineData("/alive")]
    [InlineData("/health")]
    public async Task A_service_answers_probes_in_every_environment(string path)
    {
        var builder = WebApplication.CreateSlimBuilder(["--environment=Production", "--urls=http://127.0.0.1:0"]);
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        app.MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal("Healthy", await http.GetStringAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Settings_are_read_once_and_no_folder_is_watched()
    {
        string[] args = ["--Pipeline:EventsTable=given"];

        var configuration = WebApplication.CreateSlimBuilder(args.ReadOnce()).Configuration;

        var files = configuration.Sources.OfType<FileConfigurationSource>().ToArray();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => file.ReloadOnChange);
        Assert.Equal("given", configuration["Pipeline:EventsTable"]);
    }

    [Fact]
    public async Task A_wrong_option_ends_the_service_with_a_line_and_exit_code_1()
    {
        var builder = WebApplication.CreateSlimBuilder([
            "--urls=http://127.0.0.1:0",
            "--Pipeline:EventsTable=x",
            "--Pipeline:BudgetTable=y",
        ]);
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        var told = "";

        var exitCode = await app.RunServiceAsync(reasons =>
        {
            told = reasons;
            return Task.CompletedTask;
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("EventsTable", told, StringComparison.Ordinal);
        Assert.Contains("BudgetTable", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_is_looked_up_by_its_name_once_and_by_its_url_never()
    {
        using var service = new CannedService();
        service.Answer(HttpStatusCode.OK, """{"QueueUrl":"http://sqs.test/1/genesys-events"}""");
        using var sqs = service.CreateSqsClient();
        var urls = UrlsFrom(sqs);

        var first = await urls.OfEventsAsync(TestContext.Current.CancellationToken);
        var second = await urls.OfEventsAsync(TestContext.Current.CancellationToken);
        var deadLetters = await urls.OfDeadLettersAsync(TestContext.Current.CancellationToken);

        Assert.Equal("http://sqs.test/1/genesys-events", first);
        Assert.Equal(first, second);
        Assert.Equal("https://queue.example/1/dlq", deadLetters);
        var asked = Assert.Single(service.Requests);
        Assert.Equal("AmazonSQS.GetQueueUrl", asked.Headers["X-Amz-Target"]);
        Assert.Equal("""{"QueueName":"genesys-events"}""", asked.Body);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":"com.amazonaws.sqs#QueueDoesNotExist"}""")]
    [InlineData(HttpStatusCode.OK, """{"QueueUrl":null}""")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    public async Task A_queue_that_was_not_found_is_looked_up_again(HttpStatusCode status, string answer)
    {
        using var service = new CannedService();
        service.Answer(status, answer);
        service.Answer(HttpStatusCode.OK, """{"QueueUrl":"http://sqs.test/1/genesys-events"}""");
        using var sqs = service.CreateSqsClient();
        var urls = UrlsFrom(sqs);

        await Assert.ThrowsAnyAsync<Exception>(() =>
            urls.OfEventsAsync(TestContext.Current.CancellationToken).AsTask()
        );

        Assert.Equal(
            "http://sqs.test/1/genesys-events",
            await urls.OfEventsAsync(TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public void Polls_have_a_client_of_their_own_that_outwaits_a_long_poll()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddServiceDefaults();
        builder.AddAwsClients();
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        using var provider = builder.Services.BuildServiceProvider();

        var polling = provider.GetRequiredKeyedService<IAmazonSQS>(AwsClients.Polling);

        Assert.NotSame(provider.GetRequiredService<IAmazonSQS>(), polling);
        Assert.True(polling.Config.Timeout > TimeSpan.FromSeconds(20));
    }

    private static QueueUrls UrlsFrom(AmazonSQSClient sqs) =>
        new(
            sqs,
            Options.Create(new PipelineOptions { DeadLetterQueue = "https://queue.example/1/dlq" }),
            TimeProvider.System
        );
}
