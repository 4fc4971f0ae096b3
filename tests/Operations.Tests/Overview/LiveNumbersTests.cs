using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Operations.Overview;
using Operations.Tests.Emulated;
using Operations.Tests.Http;
using Testing;

namespace Operations.Tests.Overview;

public sealed class LiveNumbersTests(EmulatedAws aws)
{
    private const string Source = "services:processor:http:0";

    [Fact]
    public async Task A_look_that_fails_as_nobody_expected_is_told_and_the_next_one_comes()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var server = new OperationsServer(
            pipeline,
            settings: [(Source, "no address"), ("Overview:Every", "00:00:00.100"), ("Overview:IdleEvery", "00:00:01")]
        );
        var numbers = server.Services.GetRequiredService<LiveNumbers>();
        numbers.Watch();

        var fault = await SeesAsync(numbers, seen => seen is not null, cancellationToken);
        server.Services.GetRequiredService<IConfiguration>()[Source] = "http://127.0.0.1:9";
        await SeesAsync(numbers, seen => seen is null, cancellationToken);

        Assert.Contains("unexpectedly", fault, StringComparison.Ordinal);
        Assert.NotEmpty(numbers.Samples);
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_is_named_as_the_reason()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var server = new OperationsServer(
            pipeline,
            settings: [("Pipeline:EventsQueue", "a-queue-that-nobody-made"), ("Overview:Every", "00:00:00.100")]
        );
        var numbers = server.Services.GetRequiredService<LiveNumbers>();
        numbers.Watch();

        var fault = await SeesAsync(numbers, seen => seen is not null, cancellationToken);

        Assert.Contains("does not answer", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backlog_that_no_Processor_takes_has_an_age_and_nobody_tells_that_of_an_event()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await pipeline.Sqs.SendMessageAsync(pipeline.EventsUrl, AnEvent.Of(1), cancellationToken);
        await using var server = new OperationsServer(pipeline, settings: ("Overview:Every", "00:00:00.100"));
        var numbers = server.Services.GetRequiredService<LiveNumbers>();
        numbers.Watch();

        var last = await Eventually.SeesAsync(
            _ => Task.FromResult(numbers.Samples is [.., var latest] ? latest : null),
            seen => seen?.QueueNotEmptyFor > TimeSpan.Zero,
            TimeSpan.FromSeconds(60),
            cancellationToken
        );

        Assert.Equal((1, null, null), (last!.QueueVisible, last.OldestAgeSeconds, last.BudgetUsed));
    }

    private static Task<string?> SeesAsync(
        LiveNumbers numbers,
        Predicate<string?> satisfied,
        CancellationToken cancellationToken
    ) =>
        Eventually.SeesAsync(
            _ => Task.FromResult(numbers.Fault),
            satisfied,
            TimeSpan.FromSeconds(60),
            cancellationToken
        );
}
