using System.Diagnostics;
using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using Processor.Enrichment.Timeline;
using Processor.Receiving;

namespace Processor.Enrichment;

using Details = IReadOnlyList<ConversationDetails>;

/// <summary>
/// One call for all conversations of a batch, then each by itself: read its events, fold them with the answer, write the summary,
/// and only then let go of its messages. Done twice, it writes the same.
/// </summary>
internal sealed partial class ConversationEnricher(
    IGenesysApi genesys,
    ITimelineTable timelines,
    ISummaryTable summaries,
    EnrichmentQueue queue,
    EnrichmentOptions options,
    EnrichmentMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<ConversationEnricher> logger
)
{
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FailurePauseMax = TimeSpan.FromMinutes(5);

    /// <summary>No permission, no right: somebody has to act, and asking sooner does not help.</summary>
    private static readonly TimeSpan ForbiddenPause = TimeSpan.FromMinutes(5);

    public Task EnrichAsync(EnrichmentBatch batch, CancellationToken aborting) =>
        AskAsync(batch, [.. batch.ConversationIds], aborting);

    private async Task AskAsync(EnrichmentBatch batch, IReadOnlyList<string> ids, CancellationToken aborting)
    {
        var outcome = await genesys.GetConversationDetailsAsync(ids, BudgetClass.Live, aborting);
        metrics.Called(ids.Count, NameOf(outcome));
        var call = new DetailsCall(time.GetUtcNow(), ids.Count, NameOf(outcome));

        switch (outcome)
        {
            case ApiOutcome<Details>.Answered answered:
                await ConcludeAsync(batch, call, ids, answered.Value, isFinal: false, aborting);
                break;

            // That none of them is found says what their absence from an answer says.
            case ApiOutcome<Details>.NotYet
            or ApiOutcome<Details>.Rejected { Status: 404 }:
                await ConcludeAsync(batch, call, ids, [], isFinal: false, aborting);
                break;

            case ApiOutcome<Details>.Deferred deferred:
                await DeferAsync(batch, ids, deferred.Until, aborting);
                break;

            // One id that the platform does not like must not stand in the way of the others.
            case ApiOutcome<Details>.Rejected { Status: 400 or 414 } when ids.Count > 1:
                await AskAsync(batch, [.. ids.Take(ids.Count / 2)], aborting);
                await AskAsync(batch, [.. ids.Skip(ids.Count / 2)], aborting);
                break;

            case ApiOutcome<Details>.Rejected { Status: 400 or 414 }:
                await ConcludeAsync(batch, call, ids, [], isFinal: true, aborting);
                break;

            case ApiOutcome<Details>.Rejected rejected:
                Log.Forbidden(logger, rejected.Status, rejected.Code);
                await DeferAsync(batch, ids, time.GetUtcNow() + ForbiddenPause, aborting);
                break;

            case ApiOutcome<Details>.Unavailable
            or ApiOutcome<Details>.Ambiguous:
                await DeferAsync(batch, ids, AfterFailure(ids.SelectMany(batch.Of)), aborting);
                break;

            default:
                throw new UnreachableException($"{outcome.GetType()}");
        }
    }

    private async Task ConcludeAsync(
        EnrichmentBatch batch,
        DetailsCall call,
        IReadOnlyList<string> ids,
        Details told,
        bool isFinal,
        CancellationToken aborting
    )
    {
        var byId = new Dictionary<string, ConversationDetails>(StringComparer.Ordinal);
        foreach (var details in told)
        {
            byId[details.ConversationId ?? ""] = details;
        }

        foreach (var chunk in ids.Chunk(options.Parallel))
        {
            await Task.WhenAll(
                chunk.Select(id => ConcludeAsync(id, batch.Of(id), call, byId.GetValueOrDefault(id), isFinal, aborting))
            );
        }
    }

    private async Task ConcludeAsync(
        string id,
        IReadOnlyList<EnrichmentRequest> requests,
        DetailsCall call,
        ConversationDetails? details,
        bool isFinal,
        CancellationToken aborting
    )
    {
        var askedAt = requests.Min(request => request.AskedAt);
        var isLast = isFinal || time.GetUtcNow() - askedAt >= options.GiveUpAfter;
        var result = await SummariseAsync(id, call, details, isLast, aborting);

        metrics.Concluded(result.ToString().ToLowerInvariant());
        switch (result)
        {
            case Result.Failed:
                await queue.DeferAsync(requests, AfterFailure(requests), aborting);
                break;
            case Result.Pending or Result.Unknown when !isLast:
                await queue.DeferAsync(requests, AfterNotYet(requests), aborting);
                break;
            case Result.Unknown:
                Log.NothingRecorded(logger, id);
                await queue.DeleteAsync(requests, aborting);
                break;
            default:
                metrics.Summarised(time.GetUtcNow() - askedAt);
                await queue.DeleteAsync(requests, aborting);
                break;
        }
    }

    private async Task<Result> SummariseAsync(
        string id,
        DetailsCall call,
        ConversationDetails? details,
        bool isLast,
        CancellationToken aborting
    )
    {
        var read = await timelines.ReadAsync(id, aborting);
        if (read is not TimelineRead.Found { Events: var events })
        {
            return Result.Failed;
        }

        if (events.Count == 0)
        {
            return Result.Unknown;
        }

        var summary = ConversationTimeline.Fold(id, events, details, StateOf(details, isLast)) with { Call = call };
        if (IsBehind(summary, details) && !isLast)
        {
            summary = summary with { Details = DetailsState.Pending };
        }

        return await summaries.WriteAsync(summary, aborting) switch
        {
            SummaryWrite.Written => summary.Details switch
            {
                DetailsState.Pending => Result.Pending,
                DetailsState.Unavailable => Result.Unavailable,
                _ => Result.Summarised,
            },
            SummaryWrite.Superseded => Result.Superseded,
            _ => Result.Failed,
        };
    }

    private static DetailsState StateOf(ConversationDetails? details, bool isLast) =>
        details is not null ? DetailsState.Present
        : isLast ? DetailsState.Unavailable
        : DetailsState.Pending;

    /// <summary>Our events say it is over and the platform's account does not know that yet.</summary>
    private static bool IsBehind(ConversationSummary summary, ConversationDetails? details) =>
        details is { ConversationEnd: null } && summary.EndedAt is not null;

    private Task DeferAsync(
        EnrichmentBatch batch,
        IReadOnlyList<string> ids,
        DateTimeOffset until,
        CancellationToken aborting
    )
    {
        metrics.Concluded("deferred");
        return queue.DeferAsync([.. ids.SelectMany(batch.Of)], until, aborting);
    }

    private DateTimeOffset AfterFailure(IEnumerable<EnrichmentRequest> requests) =>
        After(requests, FailurePause, FailurePauseMax);

    private DateTimeOffset AfterNotYet(IEnumerable<EnrichmentRequest> requests) =>
        After(requests, options.NotYetPause, options.NotYetPauseMax);

    private DateTimeOffset After(IEnumerable<EnrichmentRequest> requests, TimeSpan first, TimeSpan max)
    {
        var receives = requests.Max(request => request.Message.ReceiveCount);
        return time.GetUtcNow() + Backoff.After(Math.Max(1, receives), first, max, random.NextDouble());
    }

    private static string NameOf(ApiOutcome<Details> outcome) =>
        outcome switch
        {
            ApiOutcome<Details>.Answered => "answered",
            ApiOutcome<Details>.Deferred => "deferred",
            ApiOutcome<Details>.NotYet => "not-yet",
            ApiOutcome<Details>.Rejected => "rejected",
            ApiOutcome<Details>.Ambiguous => "ambiguous",
            _ => "unavailable",
        };

    /// <summary>What came of one conversation.</summary>
    private enum Result
    {
        /// <summary>With all that the platform tells.</summary>
        Summarised,

        /// <summary>By its events alone, for good.</summary>
        Unavailable,

        /// <summary>By its events for now; the platform will be asked again.</summary>
        Pending,

        /// <summary>Another worker knew more.</summary>
        Superseded,

        /// <summary>No event of it is recorded.</summary>
        Unknown,

        /// <summary>A table did not answer.</summary>
        Failed,
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 310,
            Level = LogLevel.Error,
            Message = "The platform refuses to tell of conversations: {Status} {Code}. The OAuth client needs the permission."
        )]
        public static partial void Forbidden(ILogger logger, int status, string code);

        [LoggerMessage(
            EventId = 311,
            Level = LogLevel.Warning,
            Message = "Conversation {ConversationId} was announced and none of its events is recorded."
        )]
        public static partial void NothingRecorded(ILogger logger, string conversationId);
    }
}
