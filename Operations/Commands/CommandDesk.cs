using Operations.Answering;
using Operations.Collecting;
using Operations.DeadLetters;
using Operations.Layout;
using Operations.Previewing;
using Operations.Redriving;
using static Operations.Commands.Terminal;

namespace Operations.Commands;

/// <summary>Says on a terminal what the desks answer.</summary>
internal sealed class CommandDesk(
    DeadLetterDesk letters,
    DeadLetterCollector collector,
    LetterIndex index,
    Previewer previewer,
    RedriveDesk redrives,
    RedriveRunner runner,
    RedrivingOptions options,
    TimeProvider time
)
{
    public static readonly string Who = $"{Environment.UserName} (command)";

    public async Task<int> CollectAsync(bool yes, CancellationToken cancellationToken)
    {
        if (!yes)
        {
            return Say(
                "What is in the queues of dead letters would be taken out of them. Nothing was done: say --yes."
            );
        }

        await index.RefreshAsync(cancellationToken);
        var taken = 0;
        foreach (var queue in Enum.GetValues<LetterQueue>())
        {
            Collected some;
            while (
                (some = await collector.CollectAsync(queue, TimeSpan.FromSeconds(1), cancellationToken))
                    is Collected.Taken { Count: var count }
            )
            {
                taken += count;
            }

            if (RefusalOf(some) is { } why)
            {
                Say($"{taken} messages were taken out of the queues of dead letters.");
                return some is Collected.Unavailable ? NobodyAnswers(why) : Refuse(why);
            }
        }

        return Say($"{taken} messages were taken out of the queues of dead letters.");
    }

    public async Task<int> ListAsync(string? @class, string? reason, int take, CancellationToken cancellationToken)
    {
        if (@class is null || reason is null)
        {
            var groups = (await letters.GroupsAsync(cancellationToken))
                .Where(group => (@class ?? group.Class) == group.Class && (reason ?? group.Reason) == group.Reason)
                .ToList();
            foreach (var group in groups.Take(take))
            {
                Say(
                    $"{group.Count, 7}  {group.Class, -10} {Shown.Text(group.Reason), -32} oldest {Shown.Time(group.OldestSentAt)}"
                );
            }

            return Say($"{groups.Sum(group => group.Count)} letters in {groups.Count} groups.");
        }

        var page = await letters.FindAsync(new LetterSearch(@class, reason, Take: take), cancellationToken);
        foreach (var letter in page.Letters)
        {
            Say(
                $"{letter.Id}  {Shown.Time(letter.SentAt)}  failed again {letter.FailedAgain}  {Shown.Text(letter.Kind ?? "not an event")}"
            );
        }

        return Say($"{page.Letters.Count} of {page.Total} letters.");
    }

    public async Task<int> ShowAsync(string start, bool reveal, CancellationToken cancellationToken)
    {
        if (await FindAsync(start, cancellationToken) is not { } letter)
        {
            return NoLetter(start);
        }

        var preview = await previewer.PreviewAsync(letter, cancellationToken);
        Say($"letter    {letter.Id} ({letter.State})");
        Say($"reason    {Shown.Text(letter.Reason)} ({letter.Class}, {letter.Attempts} attempts)");
        Say($"sent      {Shown.Time(letter.SentAt)}, expires {Shown.Time(letter.ExpiresAt)}");
        Say($"topic     {Shown.Text(letter.Kind ?? "not an event")}");
        Say($"preview   {preview.Kind}: {preview.Explanation}");
        foreach (var step in letter.History)
        {
            Say($"{Shown.Time(step.At)}  {step.What} {Shown.Text(step.By ?? "")} {Shown.Text(step.Detail ?? "")}");
        }

        return Say(await letters.ShowAsync(letter.Id, reveal, Who, cancellationToken), body => Shown.Text(body));
    }

    /// <summary>As it is, with nothing written round or beside it: what goes into a file comes out of it.</summary>
    public async Task<int> ShowBodyAsync(string start, bool reveal, CancellationToken cancellationToken) =>
        await FindAsync(start, cancellationToken) is not { } letter
            ? NoLetter(start)
            : Say(await letters.ShowAsync(letter.Id, reveal, Who, cancellationToken), body => body);

    public async Task<int> ResendAsync(
        string start,
        string file,
        string note,
        bool yes,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(start, cancellationToken) is not { } letter)
        {
            return NoLetter(start);
        }

        string body;
        try
        {
            // What editors and `show --body` put behind the last line is no part of it.
            body = (
                await (
                    file == "-"
                        ? Console.In.ReadToEndAsync(cancellationToken)
                        : File.ReadAllTextAsync(file, cancellationToken)
                )
            ).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse($"The edited body cannot be read: {exception.Message}");
        }

        return yes
            ? Say(
                await letters.ResendAsync(letter.Id, body, note, Who, cancellationToken),
                done => $"An edited copy of letter {done.Id} was sent in its place."
            )
            : Say(
                await letters.PlanResendAsync(letter.Id, body, cancellationToken),
                planned =>
                    $"An edited copy of letter {planned.Id} ({Shown.Bytes(System.Text.Encoding.UTF8.GetByteCount(body))}) would be sent in its place. Nothing was sent: say --yes."
            );
    }

    public async Task<int> RedriveAsync(RedriveOrder order, bool run, CancellationToken cancellationToken)
    {
        var answer = await redrives.OrderAsync(order, Who, cancellationToken);
        if (answer is not Answer<RedriveView>.Done { Value: var ordered })
        {
            return Refuse(answer);
        }

        if (ordered.DryRun)
        {
            return Say(
                $"{ordered.Taken} letters would be redriven, in steps of {string.Join(", ", ordered.Ramp)}. Nothing was sent: say --yes."
            );
        }

        Say($"Redrive {ordered.Redrive}: {ordered.Taken} letters.");
        return run ? await WorkAsync(ordered.Redrive, cancellationToken) : Say("The server works on it.");
    }

    public async Task<int> PauseAsync(string id, bool yes, CancellationToken cancellationToken) =>
        yes
            ? Say(await redrives.PauseAsync(id, Who, cancellationToken), Line)
            : await PlanAsync(id, "pause", cancellationToken);

    public async Task<int> ResumeAsync(string id, bool yes, CancellationToken cancellationToken) =>
        yes
            ? Say(await redrives.ResumeAsync(id, Who, cancellationToken), Line)
            : await PlanAsync(id, "go on", cancellationToken);

    public async Task<int> CancelAsync(string id, bool yes, CancellationToken cancellationToken) =>
        yes
            ? Say(await redrives.CancelAsync(id, Who, cancellationToken), Line)
            : await PlanAsync(id, "end", cancellationToken);

    public async Task<int> ListRedrivesAsync(CancellationToken cancellationToken)
    {
        foreach (var redrive in await redrives.ListAsync(cancellationToken))
        {
            Say(Line(redrive));
        }

        return 0;
    }

    public async Task<int> DiscardAsync(string start, string note, bool yes, CancellationToken cancellationToken) =>
        await FindAsync(start, cancellationToken) is not { } letter ? NoLetter(start)
        : yes
            ? Say(
                await letters.DiscardAsync(letter.Id, note, Who, cancellationToken),
                done => $"Letter {done.Id} is discarded."
            )
        : Say($"Letter {letter.Id} would be discarded. Nothing was done: say --yes.");

    public async Task<int> ReturnAsync(string start, bool yes, CancellationToken cancellationToken) =>
        await FindAsync(start, cancellationToken) is not { } letter ? NoLetter(start)
        : yes
            ? Say(
                await letters.ReturnAsync(letter.Id, Who, cancellationToken),
                done => $"Letter {done.Id} is in its queue again."
            )
        : Say($"Letter {letter.Id} would be put back into its queue. Nothing was done: say --yes.");

    public async Task<int> ExportAsync(string? @class, string? reason, CancellationToken cancellationToken)
    {
        var search = new LetterSearch(@class, reason);
        if (!await letters.MayExportAsync(search, Who, cancellationToken))
        {
            return NobodyAnswers("The journal cannot be written, so nothing is exported.");
        }

        await foreach (var line in letters.ExportAsync(search, Who, cancellationToken))
        {
            Say(line);
        }

        return 0;
    }

    private async Task<int> WorkAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var working = runner.RunAsync(id, cancellationToken);
            while (!working.IsCompleted)
            {
                foreach (var queue in Enum.GetValues<LetterQueue>())
                {
                    await collector.CollectAsync(queue, TimeSpan.Zero, cancellationToken);
                }

                await Task.Delay(options.LookEvery, time, cancellationToken);
            }

            await working;
            var answer = await redrives.FindAsync(id, cancellationToken);
            if (answer is not Answer<RedriveView>.Done { Value.State: RedriveState.Running })
            {
                var said = Say(answer, Line);
                // A script that orders a redrive must notice that its ramp stopped it.
                return answer is Answer<RedriveView>.Done { Value.State: not RedriveState.Done } ? Refused : said;
            }
        }
    }

    private async Task<int> PlanAsync(string id, string what, CancellationToken cancellationToken) =>
        Say(
            await redrives.FindAsync(id, cancellationToken),
            redrive => $"{Line(redrive)} It would {what}. Nothing was done: say --yes."
        );

    private static string? RefusalOf(Collected collected) =>
        collected switch
        {
            Collected.Full =>
                "There is no room for more open letters: decide about some, or raise DeadLetters:LettersMax.",
            Collected.Unavailable unavailable => $"It cannot go on: {unavailable.Reason}.",
            _ => null,
        };

    private static int NoLetter(string start) => Refuse($"There is no letter {start}, or more than one.");

    /// <summary>By the whole id or by a beginning that only one has.</summary>
    private async Task<Letter?> FindAsync(string start, CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        var found = index.All.Where(letter => letter.Id.StartsWith(start, StringComparison.Ordinal)).Take(2).ToList();
        return found is [var only] ? only : null;
    }

    private static string Line(RedriveView redrive) =>
        $"{redrive.Redrive}  {redrive.State, -9} {redrive.Sent}/{redrive.Taken} sent, {redrive.Recovered} recovered, {redrive.FailedAgain} failed again. {redrive.Why}";
}
