using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Operations.DeadLetters;
using Operations.Tests.Emulated;

namespace Operations.Tests.DeadLetters;

/// <summary>A table of ten thousand letters in ten groups, written once; and one of as many in one group.</summary>
public sealed class ManyLetters(EmulatedAws aws) : IDisposable
{
    public const int Count = 10_000;
    public const int InGroup = 1_000;

    private const int ItemsOfCall = 25;
    private const int CallsAtOnce = 4;

    private readonly SemaphoreSlim _filling = new(1, 1);
    private EmulatedPipeline? _pipeline;

    /// <summary>All of them in the group <c>reason-0</c>; of the caller, who disposes it.</summary>
    internal async Task<EmulatedPipeline> OneGroupAsync(CancellationToken cancellationToken)
    {
        var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await FillAsync(pipeline, groups: 1, cancellationToken);
        return pipeline;
    }

    /// <summary>How many of them stand on some of the sixteen shelves.</summary>
    public static int OnShelves(string shelves) =>
        Enumerable.Range(0, Count).Count(number => shelves.Contains(IdOf(number)[0]));

    internal async Task<EmulatedPipeline> PipelineAsync(CancellationToken cancellationToken)
    {
        await _filling.WaitAsync(cancellationToken);
        try
        {
            if (_pipeline is null)
            {
                var pipeline = await aws.NewPipelineAsync(cancellationToken);
                await FillAsync(pipeline, groups: Count / InGroup, cancellationToken);
                _pipeline = pipeline;
            }

            return _pipeline;
        }
        finally
        {
            _filling.Release();
        }
    }

    public void Dispose()
    {
        _pipeline?.Dispose();
        _filling.Dispose();
    }

    private static async Task FillAsync(EmulatedPipeline pipeline, int groups, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var writes = Enumerable
            .Range(0, Count)
            .Select(number => ALetter(number, groups, now))
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
        foreach (var batches in writes.Chunk(ItemsOfCall).Chunk(CallsAtOnce))
        {
            await Task.WhenAll(
                batches.Select(batch =>
                    pipeline.DynamoDb.BatchWriteItemAsync(
                        new Dictionary<string, List<WriteRequest>> { [pipeline.Names.DeadLettersTable] = [.. batch] },
                        cancellationToken
                    )
                )
            );
        }
    }

    private static string IdOf(int number) => LetterReading.IdOf(number.ToString(CultureInfo.InvariantCulture));

    private static Letter ALetter(int number, int groups, DateTimeOffset now) =>
        new()
        {
            Id = IdOf(number),
            State = LetterState.Dead,
            Reason = $"reason-{number % groups}",
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
