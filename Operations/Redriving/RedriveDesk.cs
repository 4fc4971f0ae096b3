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
            if (!await journal.WriteAsync(who, "redrive", redrive.Of, $"{id}: {limits}", null, cancellationToken))
            {
                return NotWritten();
            }

            return await journal.ConcludeAsync(who, "redrive", redrive.Of, await CreateAsync(redrive, letters));
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
        ChangeAsync(id, "pause", who, RedriveState.Paused, [RedriveState.Running], cancellationToken);

    public Task<Answer<RedriveView>> ResumeAsync(string id, string who, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            "resume",
            who,
            RedriveState.Running,
            [RedriveState.Paused, RedriveState.Stopped],
            cancellationToken
        );

    public Task<Answer<RedriveView>> CancelAsync(string id, string who, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            "cancel",
            who,
            RedriveState.Cancelled,
            [
                RedriveState.Running,
                RedriveState.Paused,
                RedriveState.Stopped,
                RedriveState.Cancelled,
                RedriveState.Done,
            ],
            cancellationToken
        );

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
        string verb,
        string who,
        RedriveState target,
        RedriveState[] from,
        CancellationToken cancellationToken
    )
    {
        var (isWritten, answer) = await TryChangeAsync(id, verb, who, target, from, cancellationToken);
        return isWritten ? await journal.ConcludeAsync(who, verb, $"redrive {id}", answer) : answer;
    }

    /// <returns>Also whether the journal says that it was asked for, and so must say what came of it.</returns>
    private async Task<(bool IsWritten, Answer<RedriveView> Answer)> TryChangeAsync(
        string id,
        string verb,
        string who,
        RedriveState target,
        RedriveState[] from,
        CancellationToken cancellationToken
    )
    {
        var isWritten = false;
        try
        {
            for (var attempt = 0; attempt < WriteAttemptsMax; attempt++)
            {
                // What the journal says was asked for is not broken off.
                var token = isWritten ? CancellationToken.None : cancellationToken;
                if (await store.ReadAsync(id, token) is not { } redrive)
                {
                    return (isWritten, Missing(id));
                }

                if (redrive.State == target || (redrive.IsOver && target == RedriveState.Cancelled))
                {
                    return (isWritten, await AsItIsAsync(redrive, token));
                }

                if (!from.Contains(redrive.State))
                {
                    return (
                        isWritten,
                        new Answer<RedriveView>.Conflict($"Redrive {id} is {redrive.State}; {verb} is not possible.")
                    );
                }

                if (
                    !isWritten
                    && !await journal.WriteAsync(who, verb, $"redrive {id}", "asked for", null, cancellationToken)
                )
                {
                    return (false, NotWritten());
                }

                isWritten = true;

                var changed = After(redrive, target, verb, who);
                if (target == RedriveState.Running)
                {
                    await store.AddUnderWayAsync(id, CancellationToken.None);
                }

                if (await store.WriteAsync(changed, CancellationToken.None))
                {
                    return (isWritten, new Answer<RedriveView>.Done(RedriveView.From(changed)));
                }
            }

            return (isWritten, new Answer<RedriveView>.Conflict($"Redrive {id} changes all the time; ask again."));
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return (isWritten, NotAnswering(exception));
        }
    }

    /// <summary>A redrive that goes on begins a step anew where it stood: what failed before is not held against it.</summary>
    private Redrive After(Redrive redrive, RedriveState target, string verb, string who)
    {
        var changed = redrive with
        {
            State = target,
            Why = $"{verb} by {who}.",
            ChangedAt = time.GetUtcNow(),
            Version = redrive.Version + 1,
        };
        if (target != RedriveState.Running)
        {
            return changed;
        }

        // What failed again too often begins with a canary anew.
        var begins = redrive.State == RedriveState.Stopped ? changed with { Step = 0 } : changed;
        var left = redrive.State == RedriveState.Stopped ? begins.StepSize : redrive.StepEnd - redrive.Position;
        return begins with
        {
            StepStart = redrive.Position,
            StepEnd = Math.Min(redrive.Taken, redrive.Position + Math.Max(1, left)),
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

    private static Answer<RedriveView>.Unavailable NotWritten() =>
        new("The journal cannot be written, so nothing was done.");

    private static Answer<RedriveView>.Unavailable NotAnswering(Exception exception) =>
        new($"The table of redrives does not answer: {AwsFaults.ReasonOf(exception)}.");
}
