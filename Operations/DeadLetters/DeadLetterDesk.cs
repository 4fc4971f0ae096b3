using System.Runtime.CompilerServices;
using System.Text.Json;
using Events;
using Operations.Answering;
using Operations.Journal;

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
        var found = (List<Letter>)await AllAsync(search, cancellationToken);
        return new LetterPage(
            found.GetRange(
                Math.Clamp(search.Start, 0, found.Count),
                Math.Clamp(search.Take, 0, Math.Max(0, Math.Min(LetterSearch.TakeMax, found.Count - search.Start)))
            ),
            found.Count
        );
    }

    public async Task<Letter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        return index.Find(id);
    }

    /// <summary>The body as it may be shown. What is shown unmasked is written into the journal first.</summary>
    public async Task<Answer<string>> ShowAsync(string id, bool reveal, string who, CancellationToken cancellationToken)
    {
        if (reveal && !await journal.WriteAsync(who, "reveal", $"letter {id}", "shown", null, cancellationToken))
        {
            return new Answer<string>.Unavailable("The journal cannot be written, so personal data stays hidden.");
        }

        return await BodyAsync(id, cancellationToken) switch
        {
            Answer<string>.Done done when !reveal => new Answer<string>.Done(Masking.Of(done.Value)),
            var other => other,
        };
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
                cancellationToken
            );

    /// <summary>Sends an edited copy, a new event to everybody, that names the letter as its parent.</summary>
    public async Task<Answer<Letter>> ResendAsync(
        string id,
        string body,
        string note,
        string who,
        CancellationToken cancellationToken
    )
    {
        var queue = (await FindAsync(id, cancellationToken))?.Queue ?? LetterQueue.Events;
        if (FaultOf(body, queue) is { } fault)
        {
            return new Answer<Letter>.Invalid(fault);
        }

        if (LetterReading.IdOf(body, queue) == id)
        {
            return new Answer<Letter>.Invalid("Nothing was edited; a redrive sends it as it is.");
        }

        return await DecideAsync(
            id,
            "resend",
            who,
            note,
            letter => letter.Then(LetterState.Replaced, time.GetUtcNow(), "replaced", who, note),
            letter =>
                sender.SendBackAsync(letter with { Parent = letter.EventKey ?? letter.Id }, body, cancellationToken),
            cancellationToken
        );
    }

    private static string? FaultOf(string body, LetterQueue queue) =>
        queue == LetterQueue.Enrichment
            ? SummaryRequest.ConversationOf(body) is null
                ? "It would fail at once: it asks for no conversation."
                : null
            : EventDecoder.Decode(System.Text.Encoding.UTF8.GetBytes(body)) is Decoded.Poison poison
                ? $"It would fail at once: {poison.Reason.Code}, {poison.Detail}."
                : null;

    /// <summary>Puts it back into its queue, where SQS's own redrive finds it.</summary>
    public async Task<Answer<Letter>> ReturnAsync(string id, string who, CancellationToken cancellationToken) =>
        await BodyAsync(id, cancellationToken) is not Answer<string>.Done body
            ? new Answer<Letter>.NotFound($"There is no letter {id}, or its body cannot be read.")
            : await DecideAsync(
                id,
                "return",
                who,
                null,
                letter => letter.Then(LetterState.Returned, time.GetUtcNow(), "returned to its queue", who),
                letter => sender.SendToDeadLettersAsync(letter, body.Value, cancellationToken),
                cancellationToken
            );

    /// <summary>An export shows personal data: it is written into the journal first.</summary>
    public Task<bool> MayExportAsync(LetterSearch search, string who, CancellationToken cancellationToken) =>
        journal.WriteAsync(
            who,
            "export",
            $"letters {search.Class ?? "*"}/{search.Reason ?? "*"}",
            "bodies included",
            null,
            cancellationToken
        );

    /// <summary>The letters of a search as lines of JSON, bodies included, as they are.</summary>
    public async IAsyncEnumerable<string> ExportAsync(
        LetterSearch search,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await index.RefreshAsync(cancellationToken);
        foreach (var letter in index.All.Where(search.Fits).OrderBy(letter => letter.SentAt).ToList())
        {
            var body = await BodyAsync(letter.Id, cancellationToken) as Answer<string>.Done;
            yield return JsonSerializer.Serialize(
                new ExportedLetter(letter, letter.ReasonCode, body?.Value),
                ExportJson.Default.ExportedLetter
            );
        }
    }

    /// <summary>
    /// The one way to a decision: written into the journal, sent where something is to be sent, and only then is the letter no
    /// longer open. A crash in between leaves two copies, never none.
    /// </summary>
    private async Task<Answer<Letter>> DecideAsync(
        string id,
        string verb,
        string who,
        string? note,
        Func<Letter, Letter> decide,
        Func<Letter, Task<SendAnswer>>? send,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(id, cancellationToken) is not { } letter)
        {
            return new Answer<Letter>.NotFound($"There is no letter {id}.");
        }

        if (!letter.IsOpen)
        {
            return new Answer<Letter>.Conflict($"Letter {id} is {letter.State}; it can no longer be decided about.");
        }

        if (!await journal.WriteAsync(who, verb, $"letter {id}", "asked for", note, cancellationToken))
        {
            return new Answer<Letter>.Unavailable("The journal cannot be written, so nothing was done.");
        }

        switch (send is null ? null : await send(letter))
        {
            case SendAnswer.Refused refused:
                return new Answer<Letter>.Invalid($"SQS refused it: {refused.Reason}.");

            case SendAnswer.Unavailable unavailable:
                return new Answer<Letter>.Unavailable($"The queue does not answer: {unavailable.Reason}.");
        }

        for (var attempt = 0; attempt < WriteAttemptsMax; attempt++)
        {
            var decided = decide(letter);
            if (await store.WriteAsync(decided, CancellationToken.None) == LetterWrite.Written)
            {
                index.Apply(decided);
                return new Answer<Letter>.Done(decided);
            }

            letter = await store.ReadAsync(id, cancellationToken) ?? letter;
            index.Apply(letter);
            if (!letter.IsOpen)
            {
                return new Answer<Letter>.Conflict($"Letter {id} was decided about by somebody else: {letter.State}.");
            }
        }

        return new Answer<Letter>.Unavailable("The table of dead letters does not answer.");
    }
}
