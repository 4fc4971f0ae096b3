using Amazon.DynamoDBv2;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using Proof.Comparing;
using ServiceDefaults;
using Testing;

namespace Proof.Tests;

/// <summary>Somebody may put letters there as fast as they are read: the reading ends all the same.</summary>
public sealed class DeadLetterReadingTests
{
    private static readonly TimeSpan BetweenLetters = TimeSpan.FromSeconds(7);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_letter_that_comes_back_again_and_again_is_read_once()
    {
        using var sqs = new EndlessLetters(_ => "always the same");

        var letters = await ReadAsync(sqs);

        Assert.Single(letters);
        Assert.Equal(3, sqs.Receives);
    }

    [Fact]
    public async Task Letters_that_never_end_are_read_for_two_minutes()
    {
        using var sqs = new EndlessLetters(receives =>
        {
            _time.Advance(BetweenLetters);
            return $"letter {receives}";
        });

        var letters = await ReadAsync(sqs);

        Assert.Equal((int)Math.Ceiling(TimeSpan.FromMinutes(2) / BetweenLetters), letters.Count);
    }

    private async Task<IReadOnlyList<StoredDeadLetter>> ReadAsync(EndlessLetters sqs)
    {
        var options = Options.Create(new PipelineOptions { DeadLetterQueue = "http://sqs/dlq" });
        using var noTables = new AmazonDynamoDBClient(
            "test",
            "test",
            new AmazonDynamoDBConfig { ServiceURL = "http://localhost:9" }
        );
        var store = new Store(sqs, noTables, new QueueUrls(sqs, options, _time), options, _time);
        return await store.DeadLettersAsync(TestContext.Current.CancellationToken);
    }

    private sealed class EndlessLetters(Func<int, string> nextId)
        : AmazonSQSClient("test", "test", new AmazonSQSConfig { ServiceURL = "http://localhost:9" })
    {
        public int Receives { get; private set; }

        public override Task<ReceiveMessageResponse> ReceiveMessageAsync(
            ReceiveMessageRequest request,
            CancellationToken cancellationToken = default
        )
        {
            var message = new Message
            {
                MessageId = nextId(++Receives),
                ReceiptHandle = "handle",
                Body = "{}",
            };
            return Task.FromResult(new ReceiveMessageResponse { Messages = [message] });
        }

        public override Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
            ChangeMessageVisibilityBatchRequest request,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(new ChangeMessageVisibilityBatchResponse());
    }
}
