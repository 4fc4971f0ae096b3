using Proof.Comparing;
using Proof.Emitting;
using Proof.Reporting;

namespace Proof;

/// <summary>Emit, wait until all is settled, compare, report.</summary>
internal sealed class ProofRun(MockTraffic traffic, Store store, ProofOptions options, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <returns>0 when the proof holds, 1 when it does not.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + options.Timeout;
        var run = await traffic.StartAsync(options, cancellationToken);
        Console.WriteLine($"Emitting {options.Events} events (seed {options.Seed}).");

        var settled = await IsSettledAsync(run, deadline, cancellationToken);
        if (!settled)
        {
            Console.WriteLine($"Not settled within {options.Timeout}; comparing what is there.");
        }

        var truth = new Truth();
        var firstPublishedAt = DateTimeOffset.MaxValue;
        await foreach (var line in traffic.TruthAsync(run, cancellationToken))
        {
            truth.Add(line);
            firstPublishedAt = line.FirstPublishedAt < firstPublishedAt ? line.FirstPublishedAt : firstPublishedAt;
        }

        var findings = await Comparison.OfAsync(
            truth,
            store,
            await traffic.ApiAsync(cancellationToken),
            new Asked(options.Events, options.Enrichment, options.Disturbed, options.WriteBack),
            settled,
            cancellationToken
        );
        Console.WriteLine(Report.Of(truth, findings, firstPublishedAt));
        return findings.Holds ? 0 : 1;
    }

    /// <summary>Everything emitted is accepted, and the queue holds nothing: not visible, not in flight, not delayed.</summary>
    private async Task<bool> IsSettledAsync(string run, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        long shown = 0;
        while (time.GetUtcNow() < deadline)
        {
            var state = await traffic.StateAsync(run, cancellationToken);
            if (state.Accepted - shown >= options.Events / 5)
            {
                shown = state.Accepted;
                Console.WriteLine($"  {state.Accepted} deliveries accepted.");
            }

            if (state.Done && await IsEmptyAsync(cancellationToken))
            {
                return true;
            }

            await Task.Delay(Look, time, cancellationToken);
        }

        return false;
    }

    /// <summary>The enrichment queue too: its announcements wait some seconds before they are due.</summary>
    private async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        await store.EventsWaitingAsync(cancellationToken) == 0
        && (!options.Enrichment || await store.EnrichmentsWaitingAsync(cancellationToken) == 0);
}
