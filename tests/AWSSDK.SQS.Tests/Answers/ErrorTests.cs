using System.Net;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace AWSSDK.SQS.Tests.Answers;

public sealed class ErrorTests
{
    public static TheoryData<string, Type> Shapes =>
        new()
        {
            { "BatchEntryIdsNotDistinct", typeof(BatchEntryIdsNotDistinctException) },
            { "BatchRequestTooLong", typeof(BatchRequestTooLongException) },
            { "EmptyBatchRequest", typeof(EmptyBatchRequestException) },
            { "InvalidAddress", typeof(InvalidAddressException) },
            { "InvalidAttributeName", typeof(InvalidAttributeNameException) },
            { "InvalidAttributeValue", typeof(InvalidAttributeValueException) },
            { "InvalidBatchEntryId", typeof(InvalidBatchEntryIdException) },
            { "InvalidIdFormat", typeof(InvalidIdFormatException) },
            { "InvalidMessageContents", typeof(InvalidMessageContentsException) },
            { "InvalidSecurity", typeof(InvalidSecurityException) },
            { "KmsAccessDenied", typeof(KmsAccessDeniedException) },
            { "KmsDisabled", typeof(KmsDisabledException) },
            { "KmsInvalidKeyUsage", typeof(KmsInvalidKeyUsageException) },
            { "KmsInvalidState", typeof(KmsInvalidStateException) },
            { "KmsNotFound", typeof(KmsNotFoundException) },
            { "KmsOptInRequired", typeof(KmsOptInRequiredException) },
            { "KmsThrottled", typeof(KmsThrottledException) },
            { "MessageNotInflight", typeof(MessageNotInflightException) },
            { "OverLimit", typeof(OverLimitException) },
            { "PurgeQueueInProgress", typeof(PurgeQueueInProgressException) },
            { "QueueDeletedRecently", typeof(QueueDeletedRecentlyException) },
            { "QueueDoesNotExist", typeof(QueueDoesNotExistException) },
            { "QueueNameExists", typeof(QueueNameExistsException) },
            { "ReceiptHandleIsInvalid", typeof(ReceiptHandleIsInvalidException) },
            { "RequestThrottled", typeof(RequestThrottledException) },
            { "ResourceNotFoundException", typeof(ResourceNotFoundException) },
            { "TooManyEntriesInBatchRequest", typeof(TooManyEntriesInBatchRequestException) },
            { "UnsupportedOperation", typeof(Amazon.SQS.Model.UnsupportedOperationException) },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Each_error_of_the_service_has_its_exception(string shape, Type expected)
    {
        var exception = await CallAsync(Answer.Error(shape));

        Assert.IsType(expected, exception);
        Assert.Equal((shape, $"As {shape} says."), (exception.ErrorCode, exception.Message));
        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
        Assert.Equal("11111111-2222-3333-4444-555555555555", exception.RequestId);
    }

    [Fact]
    public async Task The_header_gives_the_code_that_the_query_protocol_had_and_the_body_the_type()
    {
        var exception = await CallAsync(
            Answer.Error("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue;Sender")
        );

        Assert.IsType<QueueDoesNotExistException>(exception);
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", exception.ErrorCode);
        Assert.Equal(ErrorType.Sender, exception.ErrorType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no semicolon")]
    [InlineData("three;parts;here")]
    public async Task A_header_that_is_malformed_changes_nothing(string queryError)
    {
        var exception = await CallAsync(Answer.Error("QueueDoesNotExist", queryError));

        Assert.IsType<QueueDoesNotExistException>(exception);
        Assert.Equal("QueueDoesNotExist", exception.ErrorCode);
    }

    [Fact]
    public async Task An_error_nobody_has_heard_of_keeps_its_code()
    {
        var exception = await CallAsync(Answer.Error("NewIn2030"));

        Assert.IsType<AmazonSQSException>(exception);
        Assert.Equal("NewIn2030", exception.ErrorCode);
    }

    [Theory]
    [InlineData("text/html", "<html><body>Bad gateway</body></html>")]
    [InlineData("text/plain", "upstream connect error")]
    [InlineData("application/x-amz-json-1.0", "")]
    public async Task An_error_that_is_no_json_is_an_exception_all_the_same(string contentType, string body)
    {
        var exception = await CallAsync(new Answer(502, body) { ContentType = contentType });

        Assert.IsType<AmazonSQSException>(exception);
        Assert.Equal(HttpStatusCode.BadGateway, exception.StatusCode);
    }

    [Fact]
    public async Task An_answer_cut_short_is_an_exception()
    {
        await using var service = await LoopbackSqs.StartAsync(Answer.Ok("""{"Messages":[{"MessageId":"m-1","""));
        using var sqs = service.CreateClient();

        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() =>
            sqs.ReceiveMessageAsync("http://queue", TestContext.Current.CancellationToken)
        );
    }

    private static async Task<AmazonSQSException> CallAsync(Answer answer)
    {
        await using var service = await LoopbackSqs.StartAsync(answer);
        using var sqs = service.CreateClient();

        return await Assert.ThrowsAnyAsync<AmazonSQSException>(() =>
            sqs.SendMessageAsync("http://queue", "body", TestContext.Current.CancellationToken)
        );
    }
}
