using System.Collections.Concurrent;
using System.Globalization;
using Operations.DeadLetters;
using Operations.Journal;
using Operations.Previewing;

namespace Operations.Redriving;

/// <summary>
/// Works on one redrive until it is over, paused, or another's. Each turn writes down first how far it is: a process that takes it
/// over knows where to begin, and what a person decided meanwhile is seen before the next letter goes.
/// </summary>
internal sealed partial class RedriveRunner(
    RedriveStore store,
    LetterStore letterStore,
    LetterIndex index,
    LetterRedriver redriver,
    RecoveryWatch watch,
    ApiShare api,
    PreviewingOptions previewing,
    OperatorsJournal journal,
    RedrivingOptions options,
    TimeProvider time,
    Random random,
    ILogger<RedriveRunner> logger
)
{
    private readonly string _owner = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName}-{random.NextInt64():x16}"
    );

    /// <summary>Those that do not run and are listed still, and at which version all was done for them: each look reads no more than that.</summary>
    private readonly ConcurrentDictionary<string, long> _ended = new(StringComparer.Ordinal);

    public async Task RunAsync(string id, CancellationToken stopping)
    {
        if (await store.ReadAsync(id, stopping) is not { } ordered)
        {
            await store.RemoveUnderWayAsync(id, stopping);
            return;
        }

        if (_ended.TryGetValue(id, out var version) && version == ordered.Version)
        {
            await ForgetAsync(ordered, stopping);
            return;
        }

        var letters = new RedriveLetters(id, await store.LettersAsync(ordered, stopping), letterStore, index);
        var pace = new RedrivePace(api, time);
        while (await TakeTurnAsync(id, letters, pace, stopping)) { }
    }

    /// <returns>False when there is nothing more to do here.</returns>
    private async Task<bool> TakeTurnAsync(
        string id,
        RedriveLetters letters,
        RedrivePace pace,
        CancellationToken stopping
    )
    {
        if (await store.ReadAsync(id, stopping) is not { } redrive)
        {
            await store.RemoveUnderWayAsync(id, stopping);
            return false;
        }

        if (redrive.Owner != _owner && redrive.OwnedUntil > time.GetUtcNow())
        {
            // Also of one that was paused or cancelled: whoever works on it may just be sending.
            return false;
        }

        if (redrive.State != RedriveState.Running)
        {
            if (!await LetGoAsync(redrive, letters, stopping))
            {
                return false;
            }

            if (!await store.CountAsync(redrive, letters, stopping))
            {
                return true;
            }

            // Counting may have written it once more; then the next look comes here again, and counts nothing new.
            await ForgetAsync(redrive, stopping);
            return false;
        }

        if (!await letters.ReadAsync(0, redrive.Position, stopping))
        {
            // Without them there is no verdict on the step, and none is not a good one.
            await Task.Delay(options.LookEvery, time, stopping);
            return true;
        }

        var failing = await watch.LookAsync(letters.Own(0, redrive.Position), stopping);
        var step = letters.Tally(redrive.StepStart, redrive.Position, failing);
        var next = Decide(redrive.Counted(letters), step);
        if (!await WriteAsync(next, stopping))
        {
            // Somebody paused it, or took it over: look again.
            return true;
        }

        if (next.State != RedriveState.Running)
        {
            await ConcludeAsync(next, stopping);
            return true;
        }

        await SendAsync(next, letters, pace, stopping);
        return true;
    }

    /// <summary>There is nothing more to do for it, but its entry may be too young to be taken off the list.</summary>
    private async Task ForgetAsync(Redrive redrive, CancellationToken cancellationToken)
    {
        if (await store.RemoveUnderWayAsync(redrive.Id, cancellationToken))
        {
            _ended.TryRemove(redrive.Id, out _);
        }
        else
        {
            _ended[redrive.Id] = redrive.Version;
        }
    }

    /// <summary>What the counts mean for the step at hand.</summary>
    private Redrive Decide(Redrive redrive, Tally step)
    {
        var now = time.GetUtcNow();
        var isSent = redrive.Position >= redrive.StepEnd;
        var undecided = redrive.StepEnd - redrive.Position + step.Undecided;
        var planned = redrive.StepEnd - redrive.StepStart - step.Skipped - step.Gone;
        switch (Ramp.Of(planned, step.FailedAgain + step.Failing, undecided, redrive.StopAtPercent))
        {
            case Verdict.Stop:
                return redrive with
                {
                    State = RedriveState.Stopped,
                    Why =
                        step.Failing == 0
                            ? $"{step.FailedAgain} of a step of {planned} failed again: more than {redrive.StopAtPercent} %."
                            : $"{step.FailedAgain} of a step of {planned} failed again and {step.Failing} fail and are tried again: more than {redrive.StopAtPercent} %.",
                };

            case Verdict.Next when redrive.Position >= redrive.Taken:
                return redrive with { State = RedriveState.Done, Why = EndOf(redrive) };

            case Verdict.Next:
                // A step of which nothing was sent, or nothing is left, says nothing of the next, larger one.
                var following = planned > 0 ? redrive.Step + 1 : redrive.Step;
                var size = (redrive with { Step = following }).StepSize;
                return redrive with
                {
                    Step = following,
                    StepStart = redrive.Position,
                    StepEnd = Math.Min(redrive.Taken, redrive.Position + size),
                    StepSentAt = null,
                    Why = $"Step {following + 1} sends {Math.Min(size, redrive.Taken - redrive.Position)}.",
                };

            case Verdict.Wait when isSent && redrive.StepSentAt is { } sentAt && now - sentAt > options.StepTimeout:
                return redrive with
                {
                    State = RedriveState.Paused,
                    GaveUp = true,
                    Why =
                        $"It cannot be told what became of {undecided} letters after {options.StepTimeout}. Resume it to go on.",
                };

            default:
                return isSent && redrive.StepSentAt is null
                    ? redrive with
                    {
                        StepSentAt = now,
                        Why = "It waits for what becomes of the step.",
                    }
                    : redrive;
        }
    }

    private static string EndOf(Redrive redrive) =>
        (redrive.Undecided, redrive.Gone) switch
        {
            (0, 0) => "All its letters are decided.",
            (0, var gone) => $"All its letters are decided but {gone}, whose time was over first.",
            (var undecided, 0) => $"All its letters are sent; what became of {undecided} is not known yet.",
            var (undecided, gone) =>
                $"All its letters are sent; what became of {undecided} is not known yet, and the time of {gone} was over first.",
        };

    private Task<bool> WriteAsync(Redrive redrive, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var goesOn = redrive.State == RedriveState.Running;
        return store.WriteAsync(
            redrive with
            {
                Owner = goesOn ? _owner : null,
                OwnedUntil = goesOn ? now + options.Lease : null,
                ChangedAt = now,
                Version = redrive.Version + 1,
            },
            cancellationToken
        );
    }

    /// <summary>Sends for as long as a turn lasts, and waits where there is nothing to send.</summary>
    private async Task SendAsync(Redrive redrive, RedriveLetters letters, RedrivePace pace, CancellationToken stopping)
    {
        var version = redrive.Version + 1;
        var turnEnds = time.GetUtcNow() + options.LookEvery;
        var position = redrive.Position;
        string? why = null;
        while (position < redrive.StepEnd && time.GetUtcNow() < turnEnds)
        {
            var costsApi = index.Find(letters[position]) is not { } letter || CostsApi(letter);
            (var wait, why) = await pace.NextAsync(redrive, costsApi, stopping);
            if (wait > TimeSpan.Zero)
            {
                var left = turnEnds - time.GetUtcNow();
                await Task.Delay(wait < left ? wait : Longer(left), time, stopping);
                continue;
            }

            var sent = await redriver.RedriveAsync(letters[position], redrive.Id, stopping);
            if (sent == LetterSent.Unavailable)
            {
                break;
            }

            if (sent == LetterSent.Sent)
            {
                pace.Sent(redrive);
            }
            else
            {
                letters.Skip(letters[position]);
            }

            position++;
        }

        if (position > redrive.Position || why is not null)
        {
            // Lost if a person wrote meanwhile; the letters know that they were sent, and are not sent twice.
            await store.WriteAsync(
                redrive with
                {
                    Owner = _owner,
                    OwnedUntil = time.GetUtcNow() + options.Lease,
                    Position = position,
                    Why = why ?? redrive.Why,
                    Version = version + 1,
                },
                stopping
            );
        }

        var rest = turnEnds - time.GetUtcNow();
        if (position >= redrive.StepEnd || rest > TimeSpan.Zero)
        {
            await Task.Delay(Longer(rest), time, stopping);
        }
    }

    private async Task ConcludeAsync(Redrive redrive, CancellationToken cancellationToken)
    {
        Log.Ended(logger, redrive.Id, redrive.State, redrive.Sent, redrive.Recovered, redrive.FailedAgain, redrive.Why);
        await journal.WriteAsync(
            "Operations",
            redrive.State.ToString().ToLowerInvariant(),
            $"redrive {redrive.Id}",
            $"{redrive.Sent} sent, {redrive.Recovered} recovered, {redrive.FailedAgain} failed again, {redrive.Skipped} skipped, {redrive.Gone} gone",
            redrive.Why,
            cancellationToken
        );
    }

    /// <summary>A letter that was taken and perhaps not sent is anybody's again.</summary>
    /// <returns>False when one of them may still be taken, because the table does not answer.</returns>
    private async Task<bool> LetGoAsync(Redrive redrive, RedriveLetters letters, CancellationToken cancellationToken)
    {
        if (!await letters.ReadAsync(0, redrive.StepEnd, cancellationToken))
        {
            return false;
        }

        var areFree = true;
        foreach (
            var letter in letters
                .Own(0, redrive.StepEnd)
                .Where(letter => letter.State == LetterState.Redriving)
                .ToList()
        )
        {
            areFree &= await redriver.LetGoAsync(letter, cancellationToken);
        }

        return areFree;
    }

    /// <summary>It makes enrichment ask for a conversation, or an effect write to one.</summary>
    private bool CostsApi(Letter letter) =>
        letter.IsBoundary || previewing.HasEffect(letter) || EffectReasons.Contains(letter.Reason);

    private static TimeSpan Longer(TimeSpan wait) =>
        wait > TimeSpan.FromMilliseconds(10) ? wait : TimeSpan.FromMilliseconds(10);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 531,
            Level = LogLevel.Information,
            Message = "Redrive {Redrive} is {State}: {Sent} sent, {Recovered} recovered, {FailedAgain} failed again ({Why})."
        )]
        public static partial void Ended(
            ILogger logger,
            string redrive,
            RedriveState state,
            int sent,
            int recovered,
            int failedAgain,
            string why
        );
    }
}
