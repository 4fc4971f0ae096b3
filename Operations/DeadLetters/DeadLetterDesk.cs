using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Events;
using Operations.Answering;
using Operations.Journal;
using ServiceDefaults;

namespace Operations.DeadLetters;

/// <summary>What can be asked about dead letters, and decided about one: pages, HTTP API and commands all come here.</summary>
internal sealed class DeadLetterDesk(
    LetterIndex index,
    LetterStore store,
    LetterSender sender,
    OperatorsJournal journal,
    TimeProvider time
)
{
    private const int WriteAttemptsMax = 5;

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
        : !IsFree(letter) ? NoLongerFree(letter)
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

    private static string ExportOf(LetterSearch search) => $"letters {search.Class ?? "*"}/{search.Reason ?? "*"}";

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

        if (!IsFree(letter))
        {
            return NoLongerFree(letter);
        }

        return await journal.ActAsync(
            who,
            verb,
            $"letter {id}",
            note,
            "The journal cannot be written, so nothing was done.",
            () => TakeAsync(letter, who, decide, takenFor, send)
        );
    }

    /// <summary>
    /// Taken before anything is sent, so that of two people only one sends. Dying in between leaves a letter that is taken and perhaps
    /// sent; after a while it is given back, and somebody may decide about it anew.
    /// </summary>
    private async Task<Answer<Letter>> TakeAsync(
        Letter letter,
        string who,
        Func<Letter, Letter> decide,
        TakenFor? takenFor,
        Func<Letter, Task<SendAnswer>>? send
    )
    {
        if (send is null)
        {
            return await WriteAsync(letter, decide);
        }

        var taking = await WriteAsync(
            letter,
            free =>
                free.Then(LetterState.Redriving, time.GetUtcNow(), "taken", who) with
                {
                    Redrive = null,
                    TakenFor = takenFor,
                }
        );
        if (taking is not Answer<Letter>.Done { Value: var taken })
        {
            return taking;
        }

        switch (await SendAsync(letter, send))
        {
            case SendAnswer.Refused refused:
                await ConcludeAsync(LetGo(taken, letter, who, $"refused by SQS: {refused.Reason}"));
                return new Answer<Letter>.Invalid($"SQS refused it: {refused.Reason}.");

            case SendAnswer.Unavailable unavailable:
                await ConcludeAsync(LetGo(taken, letter, who, $"perhaps sent: {unavailable.Reason}"));
                return new Answer<Letter>.Unavailable($"The queue does not answer: {unavailable.Reason}.");

            default:
                var decided = decide(taken with { Redrive = letter.Redrive });
                return await (takenFor == TakenFor.Resend ? ConcludeResendAsync(decided) : ConcludeAsync(decided))
                    ?? new Answer<Letter>.Unavailable("It was sent, but the table of dead letters does not answer.");
        }
    }

    private static async Task<SendAnswer> SendAsync(Letter letter, Func<Letter, Task<SendAnswer>> send)
    {
        try
        {
            return await send(letter);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, CancellationToken.None) != AwsFault.None)
        {
            return new SendAnswer.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }

    private Letter LetGo(Letter taken, Letter before, string? who, string why) =>
        taken.Then(LetterState.Dead, time.GetUtcNow(), "let go", who, why) with
        {
            Redrive = before.Redrive,
        };

    /// <summary>
    /// What somebody took by hand and never came to an end with is a dead letter again: in its group, and there for a redrive. Until then
    /// nobody else can have it.
    /// </summary>
    public async Task GiveBackLeftAsync(CancellationToken cancellationToken)
    {
        foreach (var left in index.All.Where(letter => letter.IsLeftAt(time.GetUtcNow())).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ConcludeAsync(LetGo(left, left, left.History[^1].By, "perhaps sent"));
        }
    }

    private bool IsFree(Letter letter) => letter.IsOpen || letter.IsLeftAt(time.GetUtcNow());

    /// <summary>Writes what becomes of a letter, unless somebody else decided about it first.</summary>
    private async Task<Answer<Letter>> WriteAsync(Letter letter, Func<Letter, Letter> change)
    {
        var changed = change(letter);
        for (var attempt = 0; attempt < WriteAttemptsMax; attempt++)
        {
            switch (await store.WriteAsync(changed, CancellationToken.None))
            {
                case LetterWrite.Written:
                    index.Apply(changed);
                    return new Answer<Letter>.Done(changed);

                case LetterWrite.Conflict:
                    letter = await store.ReadAsync(letter.Id, CancellationToken.None) ?? letter;
                    index.Apply(letter);
                    if (!IsFree(letter))
                    {
                        return new Answer<Letter>.Conflict(
                            $"Letter {letter.Id} was decided about by somebody else: {letter.State}."
                        );
                    }

                    changed = change(letter);
                    break;
            }
        }

        return new Answer<Letter>.Unavailable("The table of dead letters does not answer.");
    }

    /// <summary>An edited copy went out. Where the letter was changed meanwhile, that stays, and its history says that one was sent.</summary>
    private async Task<Answer<Letter>?> ConcludeResendAsync(Letter decided)
    {
        var (letter, answer) = (decided, (Answer<Letter>)new Answer<Letter>.Done(decided));
        for (var attempt = 0; attempt < WriteAttemptsMax; attempt++)
        {
            switch (await store.WriteAsync(letter, CancellationToken.None))
            {
                case LetterWrite.Written:
                    index.Apply(letter);
                    return answer;

                case LetterWrite.Conflict when await store.ReadAsync(decided.Id, CancellationToken.None) is { } stored:
                    var sent = decided.History[^1];
                    letter = stored.Then(stored.State, sent.At, "an edited copy was sent", sent.By, sent.Detail) with
                    {
                        AttemptsKeys = decided.AttemptsKeys,
                    };
                    answer = new Answer<Letter>.Conflict(
                        $"The copy was sent, but letter {decided.Id} was changed meanwhile: it is {stored.State}."
                    );
                    break;
            }
        }

        return null;
    }

    /// <returns>The letter as it is then: if it already came back, that is known and stays. Null when the table does not answer.</returns>
    private async Task<Answer<Letter>?> ConcludeAsync(Letter letter)
    {
        for (var attempt = 0; attempt < WriteAttemptsMax; attempt++)
        {
            switch (await store.WriteAsync(letter, CancellationToken.None))
            {
                case LetterWrite.Written:
                    index.Apply(letter);
                    return new Answer<Letter>.Done(letter);

                case LetterWrite.Conflict when await store.ReadAsync(letter.Id, CancellationToken.None) is { } stored:
                    index.Apply(stored);
                    return new Answer<Letter>.Done(stored);
            }
        }

        return null;
    }
}
