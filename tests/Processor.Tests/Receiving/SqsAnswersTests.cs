using System.Net;
using Amazon.SQS;
using Microsoft.Extensions.Options;
using Processor.Announcing;
using Processor.Processing;
using Processor.Receiving;
using Processor.Settlement;
using Processor.Testing.Building;
using Processor.Testing.Watching;
using ServiceDefaults;
using Testing;

namespace Processor.Tests.Receiving;

/// <summary>Answers of SQS that no emulator gives: empty where a list could be, and refusals of single entries.</summary>
public sealed class SqsAnswersTests : IDisposable
{
    private readonly CapturedMetrics _metrics = new();
    private readonly CannedService _answers = new();
    private readonly AmazonSQSClient _sqs;
    private readonly SqsEventQueue _queue;

    public SqsAnswersTests()
    {
        _sqs = _answers.CreateSqsClient();
        _queue = new SqsEventQueue(
            _sqs,
            _sqs,
            Urls().OfEventsAsync,
            TimeSpan.FromSeconds(20),
            TimeSpan.FromSeconds(60),
            new Ledger(_metrics),
            TimeProvider.System
        );
    }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receive_without_a_list_of_messages_brought_none()
    {
        _answers.Answer(HttpStatusCode.OK, "{}");

        var answer = await _queue.ReceiveAsync(10, CancellationToken);

        Assert.Empty(Assert.IsType<ReceiveAnswer.Messages>(answer).Received);
    }

    [Fact]
    public async Task A_message_without_attributes_is_a_first_receive()
    {
        _answers.Answer(
            HttpStatusCode.OK,
            """{"Messages":[{"MessageId":"1","ReceiptHandle":"h","Body":"{}","MD5OfBody":"99914b932bd37a50b983c5e7c90ae93b"}]}"""
        );

        var answer = await _queue.ReceiveAsync(10, CancellationToken);

        var message = Assert.Single(Assert.IsType<ReceiveAnswer.Messages>(answer).Received);
        Assert.Equal(1, message.ReceiveCount);
        Assert.Empty(message.Attributes);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"Successful":[{}]}""")]
    [InlineData("""{"Successful":[{"Id":"somebody-elses"}]}""")]
    [InlineData("""{"Successful":[{"Id":"99"}]}""")]
    public async Task A_delete_with_an_answer_that_is_none_is_not_known_to_be_done(string answer)
    {
        _answers.Answer(HttpStatusCode.OK, answer);

        Assert.Equal([DeleteAnswer.Unavailable], await _queue.DeleteAsync([Message("1")], CancellationToken));
    }

    [Fact]
    public async Task Deletes_that_an_answer_does_not_name_are_not_known_to_be_done()
    {
        _answers.Answer(HttpStatusCode.OK, "{}");

        Assert.Equal([DeleteAnswer.Unavailable], await _queue.DeleteAsync([Message("1")], CancellationToken));
    }

    [Fact]
    public async Task Each_delete_of_a_batch_has_its_own_answer()
    {
        _answers.Answer(
            HttpStatusCode.OK,
            """
            {"Successful":[{"Id":"2"}],
             "Failed":[{"Id":"0","SenderFault":true,"Code":"ReceiptHandleIsInvalid"},{"Id":"1","SenderFault":false,"Code":"InternalError"}]}
            """
        );

        var answers = await _queue.DeleteAsync([Message("a"), Message("b"), Message("c")], CancellationToken);

        Assert.Equal([DeleteAnswer.Refused, DeleteAnswer.Unavailable, DeleteAnswer.Deleted], answers);
    }

    [Fact]
    public async Task Each_visibility_of_a_batch_has_its_own_answer()
    {
        _answers.Answer(
            HttpStatusCode.OK,
            """
            {"Successful":[{"Id":"2"}],
             "Failed":[{"Id":"0","SenderFault":true,"Code":"InvalidParameterValue"},{"Id":"1","SenderFault":false,"Code":"InternalError"}]}
            """
        );

        var answers = await _queue.ChangeVisibilityAsync(
            [.. "abc".Select(id => new VisibilityChange(Message($"{id}"), TimeSpan.Zero))],
            CancellationToken
        );

        Assert.Equal([VisibilityAnswer.Lost, VisibilityAnswer.Unavailable, VisibilityAnswer.Changed], answers);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"Failed":[{"Id":"99","SenderFault":true}]}""")]
    public async Task A_visibility_with_an_answer_that_is_none_is_not_known_to_be_changed(string answer)
    {
        _answers.Answer(HttpStatusCode.OK, answer);

        var answers = await _queue.ChangeVisibilityAsync(
            [new VisibilityChange(Message("1"), TimeSpan.Zero)],
            CancellationToken
        );

        Assert.Equal([VisibilityAnswer.Unavailable], answers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"MessageId":null}""")]
    [InlineData("<html>")]
    public async Task An_event_is_in_the_queue_again_only_when_SQS_says_under_which_id(string answer)
    {
        _answers.Answer(HttpStatusCode.OK, answer);

        Assert.False(await _queue.SendAgainAsync("{}", SqsAttributes.None, TimeSpan.Zero, CancellationToken));
    }

    [Theory]
    [InlineData("""{"MessageId":"1"}""", true)]
    [InlineData("<html>", false)]
    public async Task A_letter_is_sent_only_when_SQS_says_under_which_id(string answer, bool sent)
    {
        var letters = new SqsDeadLetterQueue(_sqs, Urls(), new Ledger(_metrics), TimeProvider.System);
        _answers.Answer(HttpStatusCode.OK, answer);

        Assert.Equal(sent, await letters.SendAsync("{}", SqsAttributes.None, place: null, CancellationToken));
    }

    [Fact]
    public async Task Each_announcement_of_a_batch_has_its_own_answer()
    {
        var requests = new SqsEnrichmentRequests(_sqs, Urls(), new Ledger(_metrics), TimeProvider.System);
        _answers.Answer(
            HttpStatusCode.OK,
            """{"Successful":[{"Id":"1"}],"Failed":[{"Id":"0","SenderFault":true},{"Id":"2","SenderFault":false}]}"""
        );

        var sent = await requests.SendAsync(["a", "b", "c"], TimeSpan.Zero, CancellationToken);

        Assert.Equal([false, true, false], sent);
    }

    [Fact]
    public async Task Announcements_that_an_answer_does_not_name_were_not_sent()
    {
        var requests = new SqsEnrichmentRequests(_sqs, Urls(), new Ledger(_metrics), TimeProvider.System);
        _answers.Answer(HttpStatusCode.OK, "{}");

        var sent = await requests.SendAsync(["1", "2"], TimeSpan.Zero, CancellationToken);

        Assert.Equal([false, false], sent);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalFailure")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    [InlineData(HttpStatusCode.Forbidden, "AccessDeniedException")]
    public async Task A_call_that_fails_is_an_answer_and_no_exception(HttpStatusCode status, string code)
    {
        _answers.Answer(status, $$"""{"__type":"com.amazonaws.sqs#{{code}}","message":"no"}""");

        var answer = await _queue.ReceiveAsync(10, CancellationToken);

        Assert.IsType<ReceiveAnswer.Unavailable>(answer);
    }

    public void Dispose()
    {
        _sqs.Dispose();
        _answers.Dispose();
        _metrics.Dispose();
    }

    private static ReceivedMessage Message(string id) => Builders.AMessage().WithId(id).Build();

    private QueueUrls Urls() =>
        new(
            _sqs,
            Options.Create(
                new PipelineOptions
                {
                    EventsQueue = "http://sqs.test/000000000000/events",
                    DeadLetterQueue = "http://sqs.test/000000000000/dlq",
                    EnrichmentQueue = "http://sqs.test/000000000000/enrichment",
                }
            ),
            TimeProvider.System
        );
}
