using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;
using Operations.DeadLetters;
using Operations.Previewing;
using ServiceDefaults;

namespace Operations.Redriving;

/// <summary>
/// Brings one letter back: takes it, sends its body byte for byte, and only then lets go of it. Dying between two of these leaves a
/// letter that is sent once more, and recording an event twice is recording it once.
/// </summary>
internal sealed partial class LetterRedriver(
    LetterIndex index,
    LetterStore store,
    LetterWriter writer,
    LetterSender sender,
    TimeProvider time,
    ILogger<LetterRedriver> logger
)
{
    private const int TakeAttemptsMax = 5;

    /// <summary>What the history of a letter says of the redrive that sent it.</summary>
    public const string SentAgain = "sent again";

    private const string LetGo = "let go, perhaps sent";

    /// <summary>Sent, and the table could not be told: it is told when it answers, and nothing is sent twice for that.</summary>
    private readonly ConcurrentDictionary<string, Letter> _untold = new(StringComparer.Ordinal);

    public async Task<LetterSent> RedriveAsync(string id, string redrive, CancellationToken cancellationToken)
    {
        try
        {
            // Its own send, or that of another redrive: nothing is sent that this process knows to be sent.
            if (
                _untold.TryGetValue(id, out var sent)
                && await TellAsync(sent) is var told
                && (told == LetterSent.Unavailable || sent.Redrive == redrive)
            )
            {
                return told;
            }

            return await TakeAsync(id, redrive, cancellationToken) is { } letter
                ? await SendAsync(letter, cancellationToken)
                : LetterSent.Skipped;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            Log.NotSent(logger, id, redrive, AwsFaults.ReasonOf(exception));
            return LetterSent.Unavailable;
        }
    }

    /// <summary>The redrive that took it does not go on: anybody may take it. It may have been sent, which its history says.</summary>
    /// <returns>False when the table does not answer, and it must be tried again.</returns>
    public async Task<bool> LetGoAsync(Letter letter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_untold.TryGetValue(letter.Id, out var sent))
        {
            return await TellAsync(sent) == LetterSent.Sent;
        }

        return await ConcludeAsync(
            letter.Then(LetterState.Dead, time.GetUtcNow(), LetGo, letter.Redrive) with
            {
                Redrive = null,
            }
        );
    }

    /// <summary>Writes down what this process sent while the table was silent, whether or not the redrive goes on.</summary>
    public async Task TellUntoldAsync(CancellationToken cancellationToken)
    {
        foreach (var sent in _untold.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TellAsync(sent);
        }
    }

    /// <returns>Null when it is not there to be taken.</returns>
    private async Task<Letter?> TakeAsync(string id, string redrive, CancellationToken cancellationToken)
    {
        var letter = await store.ReadAsync(id, cancellationToken);
        for (var attempt = 0; attempt < TakeAttemptsMax; attempt++)
        {
            if (letter is { State: LetterState.Redriving } && letter.Redrive == redrive)
            {
                // Taken before a restart. It may have been sent; once more does no harm.
                return letter;
            }

            if (letter is not { IsOpen: true } || letter.ExpiresAt <= time.GetUtcNow() || letter.CameBackFrom(redrive))
            {
                return null;
            }

            var taken = letter.Then(LetterState.Redriving, time.GetUtcNow(), "taken", redrive) with
            {
                Redrive = redrive,
            };
            switch (await store.WriteAsync(taken, cancellationToken))
            {
                case LetterWrite.Written:
                    index.Apply(taken);
                    return taken;

                case LetterWrite.Unavailable:
                    throw new ProvisionedThroughputExceededException("The table of dead letters does not answer.");
            }

            letter = await store.ReadAsync(id, cancellationToken);
        }

        return null;
    }

    private async Task<LetterSent> SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        var read = await store.ReadBodyAsync(letter.Id, cancellationToken);
        if (read is BodyRead.Gone)
        {
            // Nothing can bring it back; the others of the redrive go on.
            var isTold = await ConcludeAsync(
                letter.Then(LetterState.Dead, time.GetUtcNow(), "not sent, its body is gone", letter.Redrive) with
                {
                    Redrive = null,
                }
            );
            return isTold ? LetterSent.Skipped : LetterSent.Unavailable;
        }

        if (read is not BodyRead.Found { Body: var body })
        {
            return LetterSent.Unavailable;
        }

        switch (await sender.SendBackAsync(letter, body, cancellationToken))
        {
            case SendAnswer.Sent sent:
                return await TellAsync(
                    letter
                        .SentAs(letter.SortKey is { } sortKey ? EventKeys.Of(sortKey).EventKey : null)
                        .Then(LetterState.Redriven, time.GetUtcNow(), SentAgain, letter.Redrive, sent.MessageId) with
                    {
                        RedrivenAt = time.GetUtcNow(),
                    }
                );

            case SendAnswer.Refused refused:
                return await TellAsync(
                    letter.Then(
                        LetterState.Dead,
                        time.GetUtcNow(),
                        "refused by SQS",
                        letter.Redrive,
                        refused.Reason
                    ) with
                    {
                        FailedAgain = letter.FailedAgain + 1,
                        LastFailedAt = time.GetUtcNow(),
                    }
                );

            default:
                return LetterSent.Unavailable;
        }
    }

    private async Task<LetterSent> TellAsync(Letter sent)
    {
        if (!await ConcludeAsync(sent))
        {
            _untold[sent.Id] = sent;
            return LetterSent.Unavailable;
        }

        _untold.TryRemove(sent.Id, out _);
        return LetterSent.Sent;
    }

    /// <summary>If it already came back, that is known and stays; that it was sent is told all the same.</summary>
    /// <returns>False when the table does not answer.</returns>
    private async Task<bool> ConcludeAsync(Letter letter) =>
        (
            await writer.WriteAsync(
                letter,
                stored => letter.State == LetterState.Redriven ? Sent(letter, stored) : null
            )
        ).Write != LetterWrite.Unavailable;

    /// <summary>What becomes of a letter that was sent while somebody else changed it.</summary>
    /// <returns>Null when it is told already.</returns>
    private static Letter? Sent(Letter sent, Letter stored)
    {
        var step = sent.History[^1];
        if (stored.History.Contains(step))
        {
            return null;
        }

        // Nobody else has it: it was only thought to be left, by this process or by another.
        var isOurs =
            stored.State == LetterState.Redriving && stored.Redrive == sent.Redrive
            || stored.IsOpen && stored.History[^1] is { What: LetGo } last && last.By == sent.Redrive;
        var told = stored.Then(
            isOurs ? LetterState.Redriven : stored.State,
            step.At,
            step.What,
            step.By,
            step.Detail
        ) with
        {
            AttemptsKeys = sent.AttemptsKeys,
            TakenFor = stored.TakenFor,
        };
        return isOurs ? told with { Redrive = sent.Redrive, RedrivenAt = sent.RedrivenAt } : told;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 530,
            Level = LogLevel.Warning,
            Message = "Letter {Letter} of redrive {Redrive} cannot be sent now: {Reason}."
        )]
        public static partial void NotSent(ILogger logger, string letter, string redrive, string reason);
    }
}

internal enum LetterSent
{
    Sent,

    /// <summary>Somebody else decided about it, its time is over, or its body is gone.</summary>
    Skipped,

    /// <summary>A queue or a table does not answer; it is tried again.</summary>
    Unavailable,
}
