using System.Net;
using Events.DeadLetters;
using Operations.Tests.Emulated;

namespace Operations.Tests.Http;

/// <summary>What a reader may not do, and an operator may.</summary>
public sealed class RoleTests(EmulatedAws aws)
{
    [Theory]
    [InlineData(OperationsServer.ReaderToken, HttpStatusCode.Forbidden)]
    [InlineData(OperationsServer.OperatorToken, HttpStatusCode.OK)]
    public async Task Personal_data_is_for_operators(string token, HttpStatusCode expected)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var id = (await operations.OnlyLetterAsync(cancellationToken)).Id;
        await using var server = new OperationsServer(pipeline);
        var client = server.ClientWith(token);

        using var masked = await client.GetAsync($"/api/dead-letters/{id}", cancellationToken);
        using var revealed = await client.GetAsync($"/api/dead-letters/{id}?reveal=true", cancellationToken);
        using var export = await client.GetAsync("/api/dead-letters/export", cancellationToken);

        Assert.Equal(
            (HttpStatusCode.OK, expected, expected),
            (masked.StatusCode, revealed.StatusCode, export.StatusCode)
        );
        var asked = await operations.Journal.ReadAsync(1, cancellationToken);
        Assert.Equal(expected == HttpStatusCode.OK, asked.Count > 0);
    }
}
