using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Operations.Answering;
using ServiceDefaults;

namespace Operations.Journal;

/// <summary>
/// The journal in the table <c>operations-log</c>, a partition a day. An act that cannot be written down is not done: whoever acts
/// writes first what is about to be done, then what came of it.
/// </summary>
internal sealed partial class OperatorsJournal(
    IAmazonDynamoDB dynamoDb,
    string tableName,
    JournalOptions options,
    TimeProvider time,
    Random random,
    ILogger<OperatorsJournal> logger
)
{
    /// <summary>So many days are asked for at once, at most.</summary>
    public const int DaysMax = 31;

    /// <summary>More than anybody looks through; with more than so many lines those of the earlier days are not read.</summary>
    public const int LinesMax = 500;

    /// <returns>False when it could not be written.</returns>
    public async Task<bool> WriteAsync(
        string who,
        string what,
        string on,
        string result,
        string? note,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var entry = new JournalEntry(now, who, what, on, result, note);
        Log.Written(logger, what, on, result);
        try
        {
            await dynamoDb.PutItemAsync(
                new PutItemRequest(
                    tableName,
                    new()
                    {
                        ["log"] = new AttributeValue(LogOf(now)),
                        ["entry"] = new AttributeValue(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{now.ToUnixTimeMilliseconds():D14}-{random.NextInt64():x16}"
                            )
                        ),
                        ["line"] = new AttributeValue(
                            JsonSerializer.Serialize(entry, JournalJson.Default.JournalEntry)
                        ),
                        ["expires"] = new AttributeValue
                        {
                            N = (now + options.Retention).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                        },
                    }
                ),
                cancellationToken
            );
            return true;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            Log.NotWritten(logger, what, on, AwsFaults.ReasonOf(exception));
            return false;
        }
    }

    /// <summary>
    /// An act between its two lines. It is not begun if the first cannot be written; the second is written however it ends, also when
    /// whoever asked goes away.
    /// </summary>
    /// <param name="asked">What the first line says was asked for.</param>
    /// <param name="unwritten">What is said when the first line cannot be written.</param>
    public async Task<Answer<T>> ActAsync<T>(
        string who,
        string what,
        string on,
        string asked,
        string? note,
        string unwritten,
        Func<Task<Answer<T>>> act
    )
    {
        if (!await WriteAsync(who, what, on, asked, note, CancellationToken.None))
        {
            return new Answer<T>.Unavailable(unwritten);
        }

        var outcome = "broken off";
        try
        {
            var answer = await act();
            outcome = answer.Outcome;
            return answer;
        }
        finally
        {
            await WriteAsync(who, what, on, outcome, null, CancellationToken.None);
        }
    }

    /// <summary>The latest lines of the last days, newest first; more than <see cref="LinesMax" /> say that there may be others.</summary>
    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(int days, CancellationToken cancellationToken)
    {
        var entries = new List<JournalEntry>();
        for (var day = 0; day < days && entries.Count <= LinesMax; day++)
        {
            var request = new QueryRequest(tableName)
            {
                KeyConditionExpression = "#log = :log",
                ExpressionAttributeNames = new() { ["#log"] = "log" },
                ExpressionAttributeValues = new()
                {
                    [":log"] = new AttributeValue(LogOf(time.GetUtcNow() - TimeSpan.FromDays(day))),
                },
                ScanIndexForward = false,
                Limit = LinesMax + 1,
                ConsistentRead = true,
            };
            do
            {
                var response = await dynamoDb.QueryAsync(request, cancellationToken);
                entries.AddRange(
                    (response.Items ?? []).Select(item =>
                        JsonSerializer.Deserialize(item["line"].S, JournalJson.Default.JournalEntry)!
                    )
                );
                request.ExclusiveStartKey = response.LastEvaluatedKey;
            } while (request.ExclusiveStartKey is { Count: > 0 } && entries.Count <= LinesMax);
        }

        return entries;
    }

    private static string LogOf(DateTimeOffset at) => $"journal-{at.UtcDateTime:yyyy-MM-dd}";

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 520,
            Level = LogLevel.Information,
            Message = "An operator's {What} of {On}: {Result}."
        )]
        public static partial void Written(ILogger logger, string what, string on, string result);

        [LoggerMessage(
            EventId = 521,
            Level = LogLevel.Error,
            Message = "The journal cannot be written ({Reason}); {What} of {On} is missing in it."
        )]
        public static partial void NotWritten(ILogger logger, string what, string on, string reason);
    }
}
