using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Events;
using Events.DeadLetters;
using Microsoft.Extensions.Options;
using Operations.DeadLetters;
using ServiceDefaults;

namespace Operations.Previewing;

/// <summary>Asks the tables what a redrive of a letter would meet. Reads only; nothing is received.</summary>
internal sealed class Previewer(
    SummaryPreview summaries,
    IAmazonDynamoDB dynamoDb,
    IOptions<PipelineOptions> pipeline,
    LetterStore store,
    LetterIndex index,
    DeadLetterOptions options,
    PreviewingOptions previewing,
    TimeProvider time
)
{
    public async Task<Preview> PreviewAsync(Letter letter, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadBodyAsync(letter.Id, cancellationToken) switch
            {
                BodyRead.Found found when letter.Queue == LetterQueue.Enrichment => await summaries.PreviewAsync(
                    found.Body,
                    cancellationToken
                )
                    ?? (Preview?)FailsAgain(letter)
                    ?? new Preview.WouldRun(),
                BodyRead.Found found => await PreviewAsync(letter, found.Body, cancellationToken),
                BodyRead.Unavailable unavailable => new Preview.Unknown(unavailable.Reason),
                _ => new Preview.Unknown("its body is gone"),
            };
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new Preview.Unknown(AwsFaults.ReasonOf(exception));
        }
    }

    private async Task<Preview> PreviewAsync(Letter letter, string body, CancellationToken cancellationToken)
    {
        var decoded = EventDecoder.Decode(Encoding.UTF8.GetBytes(body));
        if (decoded is not Decoded.Event { Value: var genesysEvent })
        {
            var poison = (Decoded.Poison)decoded;
            return new Preview.WillFailAgain(
                $"It is no event: {poison.Reason.Code}, {poison.Detail}. Only an edited copy can succeed."
            );
        }

        var claims = await ClaimsAsync(genesysEvent, cancellationToken);
        if (claims.Find(claim => claim.IsHeldAt(time.GetUtcNow())) is { } held)
        {
            return new Preview.StillClaimed(held.Handler, held.LeaseUntil);
        }

        if (claims.Find(claim => claim.IsCompleted && !claim.IsCompletedFor(genesysEvent.BodyHash)) is { } other)
        {
            return new Preview.WillFailAgain(
                $"The effect {other.Handler} was done for another body of this event; it would be rejected as payload-differs."
            );
        }

        // Its lease is over, or it would be under way. Released ones are free for any body.
        if (
            claims.Find(claim => claim.State is "claimed" or "ambiguous" && claim.BodyHash != genesysEvent.BodyHash) is
            { } doubted
        )
        {
            return new Preview.WillFailAgain(
                $"The effect {doubted.Handler} is in doubt for another body of this event; it would be rejected as payload-differs."
            );
        }

        if (letter.Class == FailureClass.Permanent.Code)
        {
            return new Preview.WillFailAgain(
                "It was rejected for good; as long as nothing was changed, it will be again."
            );
        }

        var recorded = await RecordedAsync(genesysEvent, cancellationToken);
        var effect = recorded is Preview.AlreadyRecorded ? EffectToBeDone(letter, claims) : null;
        return (effect is null ? recorded : null) ?? (Preview?)FailsAgain(letter) ?? new Preview.WouldRun(effect);
    }

    /// <summary>After a failure a claim is released, or its lease is over: whoever comes next runs the effect.</summary>
    private string? EffectToBeDone(Letter letter, List<HeldClaim> claims) =>
        claims.Find(claim => !claim.IsCompleted) is { } open ? $"its effect {open.Handler}"
        : claims.Count == 0 && (EffectReasons.Contains(letter.Reason) || previewing.HasEffect(letter)) ? "its effect"
        : null;

    private async Task<List<HeldClaim>> ClaimsAsync(GenesysEvent genesysEvent, CancellationToken cancellationToken)
    {
        var claims = new List<HeldClaim>();
        foreach (var handler in previewing.Handlers)
        {
            var response = await dynamoDb.GetItemAsync(
                new GetItemRequest(
                    pipeline.Value.ClaimsTable,
                    new() { ["claim"] = new(HeldClaim.KeyOf(handler, genesysEvent.NaturalKey)) },
                    consistentRead: true
                ),
                cancellationToken
            );
            if (response.Item is { Count: > 0 } item)
            {
                claims.Add(HeldClaim.From(handler, item));
            }
        }

        return claims;
    }

    /// <summary>The items of one natural key lie beside each other: this event, and other bodies of it.</summary>
    private async Task<Preview?> RecordedAsync(GenesysEvent genesysEvent, CancellationToken cancellationToken)
    {
        var naturalKey = genesysEvent.SortKey[..^(genesysEvent.BodyHash.Length + 1)];
        var response = await dynamoDb.QueryAsync(
            new QueryRequest(pipeline.Value.EventsTable)
            {
                KeyConditionExpression = "subject = :subject AND begins_with(#event, :key)",
                ExpressionAttributeNames = new() { ["#event"] = "event" },
                ExpressionAttributeValues = new()
                {
                    [":subject"] = new AttributeValue(genesysEvent.Subject),
                    [":key"] = new AttributeValue(naturalKey),
                },
                ConsistentRead = true,
            },
            cancellationToken
        );
        var items = response.Items ?? [];
        if (items.Find(item => item["event"].S == genesysEvent.SortKey) is { } own)
        {
            return new Preview.AlreadyRecorded(ItemNumbers.InstantIn(own, "recorded"));
        }

        return items.Find(item => ItemNumbers.InstantIn(item, "published") > genesysEvent.PublishedAt) is { } later
            ? new Preview.Superseded(later["event"].S)
            : null;
    }

    private Preview.WillFailAgain? FailsAgain(Letter letter)
    {
        var since = time.GetUtcNow() - options.FailsAgainWithin;
        var failing = index.Open.Count(other =>
            other.Group == letter.Group && other.FailedAgain > 0 && other.LastFailedAt > since
        );
        return failing > 0
            ? new Preview.WillFailAgain(
                $"{failing} of its group failed again for the same reason in the last {options.FailsAgainWithin.TotalMinutes:0} minutes."
            )
            : null;
    }
}
