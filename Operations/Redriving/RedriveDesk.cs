using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Operations.Answering;
using Operations.DeadLetters;
using Operations.Journal;
using ServiceDefaults;

namespace Operations.Redriving;

/// <summary>Where redrives are ordered, paused, resumed and cancelled. The work itself is the runner's.</summary>
internal sealed class RedriveDesk(
    RedriveStore store,
    LetterIndex index,
    OperatorsJournal journal,
    RedrivingOptions options,
    DeadLetterOptions letterOptions,
    TimeProvider time,
    Random random
)
{
    private const int WriteAttemptsMax = 10;

    private const string JournalIsAway = "The journal cannot be written, so nothing was done.";

    /// <summary>Orders a redrive, or says what it would take.</summary>
    public async Task<Answer<RedriveView>> OrderAsync(
        RedriveOrder order,
        string who,
        CancellationToken cancellationToken
    )
    {
        if (order.Fault is { } fault)
        {
            return new Answer<RedriveView>.Invalid(fault);
        }

        try
        {
            var id = IdOf(order);
            if (order.Request is not null && await store.ReadAsync(id, cancellationToken) is { } known)
            {
                return await AsItIsAsync(known, cancellationToken);
            }

            await index.RefreshAsync(cancellationToken);
            var letters = Choose(order);
            var redrive = Plan(order, id, letters.Count, who);
            if (order.DryRun)
            {
                return new Answer<RedriveView>.Done(RedriveView.From(redrive) with { DryRun = true });
            }

            var limits = string.Create(
                CultureInfo.InvariantCulture,
                $"{letters.Count} letters, ramp {string.Join(',', redrive.Ramp)}, {redrive.RatePerSecond}/s, {redrive.BudgetSharePercent} % of the budget, stop at {redrive.StopAtPercent} %"
            );
            return await journal.ActAsync(
                who,
                "redrive",
                redrive.Of,
                $"{id}: {limits}",
                null,
                JournalIsAway,
                () => CreateAsync(redrive, letters)
            );
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return NotAnswering(exception);
        }
    }

    /// <summary>Under no token: the journal says that it was asked for.</summary>
    private async Task<Answer<RedriveView>> CreateAsync(Redrive redrive, IReadOnlyList<string> letters)
    {
        try
        {
            return await store.CreateAsync(redrive, letters, CancellationToken.None)
                ? new Answer<RedriveView>.Done(RedriveView.From(redrive))
                : await AsItIsAsync(
                    (await store.ReadAsync(redrive.Id, CancellationToken.None))!,
                    CancellationToken.None
                );
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, CancellationToken.None) != AwsFault.None)
        {
            return NotAnswering(exception);
        }
    }

    /// <summary>Of one that runs, whoever asks for it lists it once more: nobody would work on it if its entry had been lost.</summary>
    private async Task<Answer<RedriveView>> AsItIsAsync(Redrive redrive, CancellationToken cancellationToken)
    {
        if (redrive.State == RedriveState.Running)
        {
            await store.AddUnderWayAsync(redrive.Id, cancellationToken);
        }

        return new Answer<RedriveView>.Done(RedriveView.From(redrive));
    }

    public Task<Answer<RedriveView>> PauseAsync(string id, string who, CancellationToken cancellationToken) =>
        ChangeAsync(id, Turn.Pause, who, cancellationToken);

    public Task<Answer<RedriveView>> ResumeAsync(string id, string who, CancellationToken cancellationToken) =>
        ChangeAsync(id, Turn.Resume, who, cancellationToken);

    public Task<Answer<RedriveView>> CancelAsync(string id, string who, CancellationToken cancellationToken) =>
        ChangeAsync(id, Turn.Cancel, who, cancellationToken);

    public async Task<Answer<RedriveView>> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(id, cancellationToken) is { } redrive
                ? new Answer<RedriveView>.Done(RedriveView.From(redrive))
                : Missing(id);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return NotAnswering(exception);
        }
    }

    public async Task<IReadOnlyList<RedriveView>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).Select(RedriveView.From)];

    /// <summary>Named letters as they are named. Of a group the oldest first, without those that have just failed again.</summary>
    private List<string> Choose(RedriveOrder order)
    {
        if (order.Letters is { } named)
        {
            return [.. named.Distinct().Where(id => index.Find(id) is { IsOpen: true })];
        }

        var since = time.GetUtcNow() - letterOptions.FailsAgainWithin;
        return
        [
            .. index
                .Open.Where(letter => letter.Class == order.Class && letter.ReasonCode == order.Reason)
                .Where(letter => letter.FailedAgain == 0 || letter.LastFailedAt < since)
                .OrderBy(letter => letter.FailedAgain)
                .ThenBy(letter => letter.SentAt)
                .ThenBy(letter => letter.Id, StringComparer.Ordinal)
                .Take(order.Count ?? RedriveOrder.LettersMax)
                .Select(letter => letter.Id),
        ];
    }

    private Redrive Plan(RedriveOrder order, string id, int taken, string who)
    {
        var now = time.GetUtcNow();
        var ramp = order.Steps(taken, options.Steps).ToImmutableArray();
        return new Redrive
        {
            Id = id,
            State = taken == 0 ? RedriveState.Done : RedriveState.Running,
            Why = taken == 0 ? "There was nothing to redrive." : "It was ordered.",
            Of = order.Letters is null
                ? $"group {LetterGroup.KeyOf(order.Class!, order.Reason!)}"
                : $"{taken} chosen letters",
            By = who,
            CreatedAt = now,
            ChangedAt = now,
            Ramp = ramp,
            RatePerSecond = order.RatePerSecond,
            BudgetSharePercent = order.BudgetSharePercent,
            StopAtPercent = order.StopAtPercent,
            List = string.Create(CultureInfo.InvariantCulture, $"{id}-{random.NextInt64():x16}"),
            Taken = taken,
            StepEnd = Math.Min(taken, ramp[0]),
        };
    }

    private async Task<Answer<RedriveView>> ChangeAsync(
        string id,
        Turn turn,
        string who,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await WithoutChangeAsync(id, await store.ReadAsync(id, cancellationToken), turn, cancellationToken)
                ?? await journal.ActAsync(
                    who,
                    turn.Verb,
                    $"redrive {id}",
                    "asked for",
                    null,
                    JournalIsAway,
                    () => CarryOutAsync(id, turn, who)
                );
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return NotAnswering(exception);
        }
    }

    /// <returns>The answer where nothing is to be changed; null where something is.</returns>
    private async Task<Answer<RedriveView>?> WithoutChangeAsync(
        string id,
        Redrive? redrive,
        Turn turn,
        CancellationToken cancellationToken
    ) =>
        redrive is null ? Missing(id)
        : turn.IsTakenBy(redrive) ? await AsItIsAsync(redrive, cancellationToken)
        : !turn.From.Contains(redrive.State)
            ? new Answer<RedriveView>.Conflict($"Redrive {id} is {redrive.State}; {turn.Verb} is not possible.")
        : null;

    /// <summary>Under no token: the journal says that it was asked for.</summary>
    private async Task<Answer<RedriveView>> CarryOutAsync(string id, Turn turn, string who)
    {
        try
        {
            for (var attempt = 0; attempt < WriteAttemptsMax; attempt++)
            {
                var redrive = await store.ReadAsync(id, CancellationToken.None);
                if (await WithoutChangeAsync(id, redrive, turn, CancellationToken.None) is { } answer)
                {
                    return answer;
                }

                if (turn.To == RedriveState.Running)
                {
                    await store.AddUnderWayAsync(id, CancellationToken.None);
                }

                var changed = After(redrive!, turn, who);
                if (await store.WriteAsync(changed, CancellationToken.None))
                {
                    return new Answer<RedriveView>.Done(RedriveView.From(changed));
                }
            }

            return new Answer<RedriveView>.Conflict($"Redrive {id} changes all the time; ask again.");
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, CancellationToken.None) != AwsFault.None)
        {
            return NotAnswering(exception);
        }
    }

    /// <summary>
    /// A pause changes nothing of the step: what was sent of it is judged with the rest, and has its time anew. What stopped, or had no
    /// verdict in time, begins with a canary where it stood, and what failed before is not held against it.
    /// </summary>
    private Redrive After(Redrive redrive, Turn turn, string who)
    {
        var now = time.GetUtcNow();
        var changed = redrive with
        {
            State = turn.To,
            Why = $"{turn.Verb} by {who}.",
            ChangedAt = now,
            Version = redrive.Version + 1,
        };
        if (turn.To != RedriveState.Running)
        {
            return changed;
        }

        if (redrive.State == RedriveState.Paused && !redrive.GaveUp)
        {
            return changed with { StepSentAt = redrive.StepSentAt is null ? null : now };
        }

        var canary = changed with { Step = 0 };
        return canary with
        {
            GaveUp = false,
            StepStart = redrive.Position,
            StepEnd = Math.Min(redrive.Taken, redrive.Position + canary.StepSize),
            StepSentAt = null,
        };
    }

    private string IdOf(RedriveOrder order) =>
        order.Request is { } request
            ? $"r{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)).AsSpan(0, 12))}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{random.Next(0x10000):x4}"
            );

    private static Answer<RedriveView>.NotFound Missing(string id) => new($"There is no redrive {id}.");

    private static Answer<RedriveView>.Unavailable NotAnswering(Exception exception) =>
        new($"The table of redrives does not answer: {AwsFaults.ReasonOf(exception)}.");

    /// <param name="Verb">As it is asked for, and as the journal has it.</param>
    /// <param name="To">What the redrive is then.</param>
    /// <param name="From">What it may be before.</param>
    private sealed record Turn(string Verb, RedriveState To, params RedriveState[] From)
    {
        public static readonly Turn Pause = new("pause", RedriveState.Paused, RedriveState.Running);

        public static readonly Turn Resume = new(
            "resume",
            RedriveState.Running,
            RedriveState.Paused,
            RedriveState.Stopped
        );

        public static readonly Turn Cancel = new("cancel", RedriveState.Cancelled, Enum.GetValues<RedriveState>());

        /// <summary>Whether there is nothing left to do: a redrive that is over needs no cancelling.</summary>
        public bool IsTakenBy(Redrive redrive) =>
            redrive.State == To || (redrive.IsOver && To == RedriveState.Cancelled);
    }
}
