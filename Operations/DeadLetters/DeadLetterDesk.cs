using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Events;
using Operations.Answering;
using Operations.Journal;

namespace Operations.DeadLetters;

/// <summary>What can be asked about dead letters, and decided about one: pages, HTTP API and commands all come here.</summary>
internal sealed class DeadLetterDesk(
    LetterIndex index,
    LetterStore store,
    LetterTaking taking,
    LetterSender sender,
    OperatorsJournal journal,
    TimeProvider time
)
{
    public async Task<IReadOnlyList<LetterGroup>> GroupsAsync(CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        return LetterGroup.Of(index.All);
    }

    /// <summary>All that fit, the oldest first, for a page that shows what is in sight of them.</summary>
    public async Task<IReadOnlyList<Letter>> AllAsync(LetterSearch search, CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        return index.All.Where(search.Fits).OrderBy(letter => letter.SentAt).ThenBy(letter => letter.Id).ToList();
    }

    public async Task<LetterPage> FindAsync(LetterSearch search, CancellationToken cancellationToken)
    {
        var found = await AllAsync(search, cancellationToken);
        var take = Math.Clamp(search.Take, 0, LetterSearch.TakeMax);
        return new LetterPage([.. found.Skip(search.Start).Take(take)], found.Count, index.Old);
    }

    public async Task<Letter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        return index.Find(id);
    }

    /// <summary>The body as it may be shown. What is shown unmasked is written into the journal first.</summary>
    public async Task<Answer<string>> ShowAsync(string id, bool reveal, string who, CancellationToken cancellationToken)
    {
        if (!reveal)
        {
            return await BodyAsync(id, cancellationToken) switch
            {
                Answer<string>.Done done => new Answer<string>.Done(Masking.Of(done.Value)),
                var other => other,
            };
        }

        return await journal.ActAsync(
            who,
            "reveal",
            $"letter {id}",
            "asked for",
            null,
            "The journal cannot be written, so personal data stays hidden.",
            () => BodyAsync(id, cancellationToken)
        );
    }

    public async Task<Answer<string>> BodyAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadBodyAsync(id, cancellationToken) switch
        {
            BodyRead.Found found => new Answer<string>.Done(found.Body),
            BodyRead.Unavailable unavailable => new Answer<string>.Unavailable(
                $"The table of dead letters does not answer: {unavailable.Reason}."
            ),
            _ => new Answer<string>.NotFound($"There is no letter {id}, or its time is over."),
        };

    /// <summary>It is dropped for good, because a person says so.</summary>
    public Task<Answer<Letter>> DiscardAsync(string id, string note, string who, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(note)
            ? Task.FromResult<Answer<Letter>>(
                new Answer<Letter>.Invalid("A discard needs a note: somebody will ask why.")
            )
            : DecideAsync(
                id,
                "discard",
                who,
                note,
                letter => letter.Then(LetterState.Discarded, time.GetUtcNow(), "discarded", who, note),
                null,
                null,
                cancellationToken
            );

    /// <summary>Whether an edited copy could be sent in its place. Sends nothing.</summary>
    public async Task<Answer<Letter>> PlanResendAsync(string id, string body, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is not { } letter ? NoLetter(id)
        : !taking.IsFree(letter) ? NoLongerFree(letter)
        : FaultOf(body, letter.Queue) is { } fault ? new Answer<Letter>.Invalid(fault)
        : LetterReading.IdOf(body, letter.Queue) == id
            ? new Answer<Letter>.Invalid("Nothing was edited; a redrive sends it as it is.")
        : new Answer<Letter>.Done(letter);

    /// <summary>Sends an edited copy, a new event to everybody, that names the letter as its parent.</summary>
    public async Task<Answer<Letter>> ResendAsync(
        string id,
        string body,
        string note,
        string who,
        CancellationToken cancellationToken
    )
    {
        var plan = await PlanResendAsync(id, body, cancellationToken);
        if (plan is not Answer<Letter>.Done { Value: var planned })
        {
            return plan;
        }

        var key = planned.Queue == LetterQueue.Events ? EventOf(body)?.EventKey : null;
        return await DecideAsync(
            id,
            "resend",
            who,
            note,
            letter => letter.SentAs(key).Then(LetterState.Replaced, time.GetUtcNow(), "replaced", who, note),
            TakenFor.Resend,
            letter =>
                sender.SendBackAsync(
                    letter with
                    {
                        Parent = letter.EventKey ?? letter.Id,
                    },
                    body,
                    CancellationToken.None
                ),
            cancellationToken
        );
    }

    private static string? FaultOf(string body, LetterQueue queue) =>
        queue == LetterQueue.Enrichment
            ? SummaryRequest.ConversationOf(body) is null
                ? "It would fail at once: it asks for no conversation."
                : null
            : EventDecoder.Decode(Encoding.UTF8.GetBytes(body)) is Decoded.Poison poison
                ? $"It would fail at once: {poison.Reason.Code}, {poison.Detail}."
                : null;

    private static GenesysEvent? EventOf(string body) =>
        (EventDecoder.Decode(Encoding.UTF8.GetBytes(body)) as Decoded.Event)?.Value;

    /// <summary>Puts it back into its queue, where SQS's own redrive finds it.</summary>
    public async Task<Answer<Letter>> ReturnAsync(string id, string who, CancellationToken cancellationToken) =>
        await BodyAsync(id, cancellationToken) switch
        {
            Answer<string>.Done body => await DecideAsync(
                id,
                "return",
                who,
                null,
                letter => letter.Then(LetterState.Returned, time.GetUtcNow(), "returned to its queue", who),
                TakenFor.Return,
                letter => sender.SendToDeadLettersAsync(letter, body.Value, CancellationToken.None),
                cancellationToken
            ),
            Answer<string>.Unavailable unavailable => new Answer<Letter>.Unavailable(unavailable.Why),
            var other => new Answer<Letter>.NotFound(other.Refusal!),
        };

    /// <summary>An export shows personal data: it is written into the journal first, when it is known which letters there are.</summary>
    public async Task<bool> MayExportAsync(LetterSearch search, string who, CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        return await journal.WriteAsync(who, "export", ExportOf(search), "asked for", null, cancellationToken);
    }

    private static string ExportOf(LetterSearch search) =>
        $"letters {search.Class ?? "*"}/{search.Reason ?? "*"}{(string.IsNullOrWhiteSpace(search.Text) ? "" : " of a search")}";

    /// <summary>The letters of a search as lines of JSON, bodies included, as they are; a line whose body cannot be read says why.</summary>
    public async IAsyncEnumerable<string> ExportAsync(
        LetterSearch search,
        string who,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (whole, bodies, without) = (false, 0, 0);
        try
        {
            foreach (var letter in index.All.Where(search.Fits).OrderBy(letter => letter.SentAt).ToList())
            {
                var body = await BodyAsync(letter.Id, cancellationToken);
                var text = (body as Answer<string>.Done)?.Value;
                (bodies, without) = text is null ? (bodies, without + 1) : (bodies + 1, without);
                yield return JsonSerializer.Serialize(
                    new ExportedLetter(letter, letter.ReasonCode, text, body.Refusal),
                    ExportJson.Default.ExportedLetter
                );
            }

            whole = true;
        }
        finally
        {
            var result =
                $"{(whole ? "done" : "broken off")}: {bodies} bodies, {without} that could not be read{(index.Old is null ? "" : ", of an old list")}";
            await journal.WriteAsync(who, "export", ExportOf(search), result, null, CancellationToken.None);
        }
    }

    private static Answer<Letter>.NotFound NoLetter(string id) => new($"There is no letter {id}.");

    private static Answer<Letter>.Conflict NoLongerFree(Letter letter) =>
        new($"Letter {letter.Id} is {letter.State}; it can no longer be decided about.");

    /// <summary>The one way to a decision: written into the journal before and after.</summary>
    private async Task<Answer<Letter>> DecideAsync(
        string id,
        string verb,
        string who,
        string? note,
        Func<Letter, Letter> decide,
        TakenFor? takenFor,
        Func<Letter, Task<SendAnswer>>? send,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(id, cancellationToken) is not { } letter)
        {
            return NoLetter(id);
        }

        if (!taking.IsFree(letter))
        {
            return NoLongerFree(letter);
        }

        return await journal.ActAsync(
            who,
            verb,
            $"letter {id}",
            "asked for",
            note,
            "The journal cannot be written, so nothing was done.",
            () => taking.TakeAsync(letter, who, decide, takenFor, send)
        );
    }
}
