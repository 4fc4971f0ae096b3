using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using Operations.Answering;
using Operations.Conversations;
using Operations.DeadLetters;
using Operations.Journal;
using ServiceDefaults;

namespace Operations.Auditing;

/// <summary>Asks Genesys which conversations there were, within the reserve of the budget, and looks for each of them here.</summary>
internal sealed class Auditor(
    IGenesysApi genesys,
    ConversationDesk conversations,
    LetterIndex letters,
    OperatorsJournal journal,
    TimeProvider time
)
{
    /// <summary>Of a hundred conversations each; the reserve allows some three calls a minute beside live work.</summary>
    public const int CallsMax = 50;

    /// <summary>Waits in a row that a person sits through; longer ones end the audit with what is known.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan WaitMin = TimeSpan.FromSeconds(1);

    /// <summary>Genesys stops trying to publish after so long, so what is younger may still come.</summary>
    private static readonly TimeSpan MayStillCome = TimeSpan.FromMinutes(10);

    /// <summary>Why an interval cannot be asked for; null when it can.</summary>
    public static string? FaultOf(DateTimeOffset from, DateTimeOffset to) =>
        to <= from || to - from > GenesysLimits.IntervalMax
            ? "An interval ends after it begins and is at most seven days long."
            : null;

    public async Task<Answer<AuditReport>> CompareAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        string who,
        CancellationToken cancellationToken
    )
    {
        if (FaultOf(from, to) is { } fault)
        {
            return new Answer<AuditReport>.Invalid(fault);
        }

        return await journal.ActAsync(
            who,
            "audit",
            $"{from:O}/{to:O}",
            "asked for",
            null,
            "The journal cannot be written, so nothing was done.",
            () => CompareAsync(from, to, cancellationToken)
        );
    }

    private async Task<Answer<AuditReport>> CompareAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var (told, calls, incomplete) = await AskAsync(from, to, cancellationToken);
            var ids = told.Select(one => one.ConversationId!).ToHashSet(StringComparer.Ordinal);
            var arrived = await conversations.ArrivedAsync(ids, cancellationToken);
            await letters.RefreshAsync(cancellationToken);
            return new Answer<AuditReport>.Done(
                new AuditReport(
                    from,
                    to,
                    ids.Count,
                    arrived.Count,
                    [.. told.Where(one => !arrived.Contains(one.ConversationId!)).Select(Missing)],
                    calls,
                    incomplete
                )
            );
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new Answer<AuditReport>.Unavailable($"A table does not answer: {AwsFaults.ReasonOf(exception)}.");
        }
    }

    private async Task<(List<ConversationDetails> Told, int Calls, string? Incomplete)> AskAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        var told = new List<ConversationDetails>();
        var calls = 0;
        var waited = TimeSpan.Zero;
        for (var page = 1; calls < CallsMax; )
        {
            var outcome = await genesys.QueryConversationDetailsAsync(
                from,
                to,
                page,
                BudgetClass.Operator,
                cancellationToken
            );
            switch (outcome)
            {
                case ApiOutcome<ConversationDetailsPage>.Answered { Value: var answer }:
                    var some = answer.Conversations ?? [];
                    told.AddRange(some.Where(one => one.ConversationId is not null));
                    page++;
                    calls++;
                    waited = TimeSpan.Zero;
                    if (some.Count < GenesysLimits.PageSizeMax)
                    {
                        return (told, calls, null);
                    }

                    break;

                case ApiOutcome<ConversationDetailsPage>.Deferred deferred
                    when LongEnough(deferred.Until - time.GetUtcNow()) is var wait && waited + wait <= WaitMax:
                    waited += wait;
                    await Task.Delay(wait, time, cancellationToken);
                    break;

                case ApiOutcome<ConversationDetailsPage>.Deferred deferred:
                    return (
                        told,
                        calls,
                        $"The API asks to wait until {deferred.Until:HH:mm:ss} UTC ({deferred.By}: {deferred.Reason})."
                    );

                case var other:
                    return (told, calls, $"Genesys did not answer: {Word(other)}.");
            }
        }

        return (told, calls, $"After {CallsMax} calls it ends; choose a shorter interval.");
    }

    private static TimeSpan LongEnough(TimeSpan wait) => wait > WaitMin ? wait : WaitMin;

    private static string Word(ApiOutcome<ConversationDetailsPage> outcome) =>
        outcome switch
        {
            ApiOutcome<ConversationDetailsPage>.Rejected rejected => $"{rejected.Status} {rejected.Code}",
            ApiOutcome<ConversationDetailsPage>.Unavailable unavailable => unavailable.Reason,
            ApiOutcome<ConversationDetailsPage>.NotYet => "not yet",
            _ => "no clear answer",
        };

    private MissingConversation Missing(ConversationDetails details) =>
        new(
            details.ConversationId!,
            details.ConversationStart,
            details.ConversationEnd,
            details.OriginatingDirection,
            Advice(details)
        );

    private string Advice(ConversationDetails details)
    {
        if (letters.All.Any(letter => letter.ConversationId == details.ConversationId && letter.IsOpen))
        {
            return "Its events are dead letters: redrive them.";
        }

        var last = details.ConversationEnd ?? details.ConversationStart;
        return time.GetUtcNow() - last < MayStillCome
            ? "It is young: its events may still come. Compare again in ten minutes."
            : "No event reached the queue. Replay its time from the EventBridge archive; if nothing comes of it, look at the rule's pattern, the filter of the Ingestor, and the topics of the integration.";
    }
}
