using System.Net;
using Amazon.DynamoDBv2.Model;
using Events.DeadLetters;
using Operations.Answering;
using Operations.DeadLetters;
using Operations.Tests.Emulated;
using Operations.Tests.Http;

namespace Operations.Tests.DeadLetters;

/// <summary>A table that does not answer is not an empty one.</summary>
public sealed class UnansweredTests(EmulatedAws aws)
{
    [Theory]
    [InlineData("groups")]
    [InlineData("")]
    [InlineData("export")]
    [InlineData("0123456789abcdef")]
    public async Task Letters_that_were_never_read_are_not_told_to_be_none(string path)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var server = ServerWithoutTable(pipeline);
        using var operations = new OperationsUnderTest(pipeline);

        using var answer = await server
            .ClientWith(OperationsServer.OperatorToken)
            .GetAsync($"/api/dead-letters/{path}", cancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Empty(await operations.Journal.ReadAsync(1, cancellationToken));
    }

    [Theory]
    [InlineData("return", "{}")]
    [InlineData("discard", """{"note":"a test"}""")]
    public async Task Nothing_is_decided_about_a_letter_that_cannot_be_looked_for(string verb, string body)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var server = ServerWithoutTable(pipeline);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await server
            .ClientWith(OperationsServer.OperatorToken)
            .PostAsync($"/api/dead-letters/0123456789abcdef/{verb}", content, cancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task What_was_read_before_the_table_fell_silent_is_told_as_old()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline, ("DeadLetters:RefreshEvery", "00:00:00.100"));
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var fresh = await operations.Desk.FindAsync(new LetterSearch(), cancellationToken);

        await pipeline.DynamoDb.DeleteTableAsync(
            new DeleteTableRequest(pipeline.Names.DeadLettersTable),
            cancellationToken
        );
        var old = await Testing.Eventually.SeesAsync(
            token => operations.Desk.FindAsync(new LetterSearch(), token),
            seen => seen.Old is not null,
            TimeSpan.FromSeconds(60),
            cancellationToken
        );
        var letter = Assert.Single(old.Letters);
        var returned = await operations.Desk.ReturnAsync(letter.Id, "a test", cancellationToken);

        Assert.Null(fresh.Old);
        Assert.Contains("ResourceNotFoundException", old.Old, StringComparison.Ordinal);
        Assert.IsType<Answer<Letter>.Unavailable>(returned);
    }

    private static OperationsServer ServerWithoutTable(EmulatedPipeline pipeline) =>
        new(pipeline, settings: ("Pipeline:DeadLettersTable", "a-table-that-nobody-made"));
}
