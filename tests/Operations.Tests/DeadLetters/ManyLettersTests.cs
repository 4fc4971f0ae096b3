using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Operations.DeadLetters;
using Operations.Tests.Emulated;

namespace Operations.Tests.DeadLetters;

public sealed class ManyLettersTests(EmulatedAws aws)
{
    private const int Many = 10_000;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Of_ten_thousand_letters_a_page_is_there_within_a_second()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await FillAsync(pipeline, cancellationToken);
        await operations.Index.RefreshAsync(cancellationToken);
        var started = TimeProvider.System.GetTimestamp();

        var groups = await operations.Desk.GroupsAsync(cancellationToken);
        var page = await operations.Desk.FindAsync(
            new LetterSearch("transient", "reason-3", Start: 500),
            cancellationToken
        );

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, AnswerMax);
        Assert.Equal((Many, 1_000, 50), (groups.Sum(group => group.Count), page.Total, page.Letters.Count));
    }

    private static async Task FillAsync(EmulatedPipeline pipeline, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var writes = Enumerable
            .Range(0, Many)
            .Select(number => ALetter(number, now))
            .Select(letter => new WriteRequest(
                new PutRequest(
                    new()
                    {
                        ["shelf"] = new AttributeValue($"letters-{letter.Id[0]}"),
                        ["letter"] = new AttributeValue(letter.Id),
                        ["version"] = new AttributeValue { N = "1" },
                        ["facts"] = new AttributeValue(JsonSerializer.Serialize(letter, LetterJson.Default.Letter)),
                    }
                )
            ));
        foreach (var batch in writes.Chunk(25))
        {
            await pipeline.DynamoDb.BatchWriteItemAsync(
                new Dictionary<string, List<WriteRequest>> { [pipeline.Names.DeadLettersTable] = [.. batch] },
                cancellationToken
            );
        }
    }

    private static Letter ALetter(int number, DateTimeOffset now) =>
        new()
        {
            Id = LetterReading.IdOf(number.ToString(CultureInfo.InvariantCulture)),
            State = LetterState.Dead,
            Reason = $"reason-{number % 10}",
            Class = "transient",
            SentAt = now - TimeSpan.FromSeconds(number),
            LastFailedAt = now,
            CollectedAt = now,
            ExpiresAt = now + TimeSpan.FromDays(20),
            Bytes = 1_000,
            Kind = "v2.detail.events.conversation.{id}.attributes",
            Subject = "conversation:bc877f8f-d2b6-5e0c-b16f-9e167586ddca",
            SortKey = $"01773929198120#{number:x32}",
            MessageIds = [$"{number:x32}"],
            History = [new LetterStep(now, "died", null, "effect-timeout")],
        };
}
