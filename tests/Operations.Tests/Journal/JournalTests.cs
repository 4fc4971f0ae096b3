using Operations.Journal;
using Operations.Tests.Emulated;

namespace Operations.Tests.Journal;

public sealed class JournalTests(EmulatedAws aws)
{
    [Fact]
    public async Task An_act_whose_asker_went_away_has_its_second_line()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            operations.Desk.ShowAsync("0123456789abcdef", reveal: true, "a test", gone.Token)
        );

        var lines = await operations.Journal.ReadAsync(1, cancellationToken);
        Assert.Equal(["asked for", "broken off"], lines.Select(line => line.Result).Order());
    }

    [Fact]
    public async Task More_lines_than_are_read_are_told_to_be_more()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        foreach (var some in Enumerable.Range(0, OperatorsJournal.LinesMax + 1).Chunk(50))
        {
            await Task.WhenAll(
                some.Select(number =>
                    operations.Journal.WriteAsync(
                        "a test",
                        "reveal",
                        $"letter {number}",
                        "done",
                        null,
                        cancellationToken
                    )
                )
            );
        }

        var lines = await operations.Journal.ReadAsync(2, cancellationToken);

        Assert.True(lines.Count > OperatorsJournal.LinesMax);
    }
}
