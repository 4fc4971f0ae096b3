using System.Threading.Channels;
using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Publishing;

/// <summary>The events that calls of the API cause. They are published one by one, behind the calls' backs.</summary>
internal sealed class PlatformEvents(
    Organization organization,
    Publisher publisher,
    IOptions<PublishingOptions> options
) : BackgroundService
{
    // Far more than an API of 300 calls a minute can cause while an ingestor is away for a moment.
    private const int WaitingMax = 1_000;

    // What separates detail events from their publishing in captures is 262 to 378 ms.
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(300);

    private readonly Channel<Delivery> _waiting = Channel.CreateBounded<Delivery>(WaitingMax);

    public RunLedger Ledger { get; } = new(events: null);

    /// <summary>The attributes event of a change. Returns when it is certain to be published, which is not yet.</summary>
    public async Task PublishAsync(
        Conversation conversation,
        Party party,
        AttributeChange change,
        CancellationToken cancellationToken
    )
    {
        if (options.Value.IngestorUrl is null)
        {
            return;
        }

        var happening = AttributeEvents.Of(conversation, party, change, Lag, NewId(), organizationId: null);
        var envelopeId = NewId();
        await _waiting.Writer.WriteAsync(
            new Delivery(
                new Emission(Index: 0, happening, conversation, Poison: null),
                Copy.First,
                envelopeId,
                happening.PublishedAt,
                Envelope.Write(organization, happening, envelopeId, happening.PublishedAt)
            ),
            cancellationToken
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_waiting.Reader.TryRead(out var delivery))
            {
                await publisher.PublishAsync([delivery], Ledger, stoppingToken);
            }
        }
    }

    private static string NewId() => Guid.NewGuid().ToString();
}
