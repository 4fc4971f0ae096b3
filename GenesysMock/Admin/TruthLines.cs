using System.Text;
using System.Text.Json;
using GenesysMock.Publishing;
using GenesysMock.Traffic;

namespace GenesysMock.Admin;

/// <summary>One line for each thing of a run that has been published.</summary>
/// <param name="Kind">event or poison.</param>
/// <param name="Poison">What kind of poison.</param>
/// <param name="Envelope">The exact text of the first delivery.</param>
/// <param name="EnvelopeIds">Under which ids it was published: one, and one more for each time it was published anew.</param>
/// <param name="Deliveries">How often a delivery of it was accepted.</param>
/// <param name="InDoubt">How often it was sent besides, and may have been accepted without saying so.</param>
internal sealed record TruthLine(
    string Kind,
    string? Poison,
    string Envelope,
    IReadOnlyList<string> EnvelopeIds,
    int Deliveries,
    int InDoubt,
    DateTimeOffset FirstPublishedAt,
    DateTimeOffset? AcceptedAt
)
{
    public static TruthLine Of(Scheduled thing, LedgerEntry entry) =>
        new(
            thing.Emission.Poison is null ? "event" : "poison",
            thing.Emission.Poison?.ToString(),
            Encoding.UTF8.GetString(thing.Deliveries[0].Envelope.Span),
            [.. thing.Deliveries.Select(delivery => delivery.EnvelopeId).Distinct()],
            entry.Deliveries,
            entry.InDoubt,
            entry.FirstPublishedAt,
            entry.AcceptedAt
        );
}

internal static class TruthLines
{
    public static async Task WriteAsync(TrafficRun run, Stream stream, CancellationToken cancellationToken)
    {
        foreach (var thing in run.Things())
        {
            if (run.Ledger.Find(thing.Emission.Index) is { } entry)
            {
                await JsonSerializer.SerializeAsync(
                    stream,
                    TruthLine.Of(thing, entry),
                    AdminJson.Options,
                    cancellationToken
                );
                await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
        }
    }
}
