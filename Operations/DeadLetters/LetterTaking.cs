using Operations.Answering;
using ServiceDefaults;

namespace Operations.DeadLetters;

/// <summary>A person has a letter in hand: it is taken, perhaps sent, and decided about or given back; nobody else can have it meanwhile.</summary>
internal sealed class LetterTaking(LetterIndex index, LetterWriter writer, TimeProvider time)
{
    /// <summary>
    /// Taken before anything is sent, so that of two people only one sends. Dying in between leaves a letter that is taken and perhaps
    /// sent; after a while it is given back, and somebody may decide about it anew.
    /// </summary>
    public async Task<Answer<Letter>> TakeAsync(
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

    public bool IsFree(Letter letter) => letter.IsOpen || letter.IsLeftAt(time.GetUtcNow());

    /// <summary>Writes what becomes of a letter, unless somebody else decided about it first.</summary>
    private async Task<Answer<Letter>> WriteAsync(Letter letter, Func<Letter, Letter> change) =>
        await writer.WriteAsync(change(letter), stored => IsFree(stored) ? change(stored) : null) switch
        {
            (LetterWrite.Written, { } written) => new Answer<Letter>.Done(written),
            (_, { } stored) => new Answer<Letter>.Conflict(
                $"Letter {letter.Id} was decided about by somebody else: {stored.State}."
            ),
            _ => new Answer<Letter>.Unavailable("The table of dead letters does not answer."),
        };

    /// <summary>An edited copy went out. Where the letter was changed meanwhile, that stays, and its history says that one was sent.</summary>
    private async Task<Answer<Letter>?> ConcludeResendAsync(Letter decided)
    {
        var sent = decided.History[^1];
        var (write, stands) = await writer.WriteAsync(
            decided,
            stored =>
                stored.Then(stored.State, sent.At, "an edited copy was sent", sent.By, sent.Detail) with
                {
                    AttemptsKeys = decided.AttemptsKeys,
                }
        );
        return write != LetterWrite.Written ? null
            : ReferenceEquals(stands, decided) ? new Answer<Letter>.Done(decided)
            : new Answer<Letter>.Conflict(
                $"The copy was sent, but letter {decided.Id} was changed meanwhile: it is {stands!.State}."
            );
    }

    /// <returns>The letter as it is then: if it already came back, that is known and stays. Null when the table does not answer.</returns>
    private async Task<Answer<Letter>?> ConcludeAsync(Letter letter) =>
        (await writer.WriteAsync(letter)).Stands is { } stands ? new Answer<Letter>.Done(stands) : null;
}
