using System.Text.Encodings.Web;
using Processor.Announcing;
using Processor.Testing.Outside;
using Processor.Testing.World;

namespace Simulation.Tables;

/// <summary>Announcements go to the queue from which Enrichment takes them.</summary>
internal sealed class QueuedRequests(FakeEventQueue queue, Faults faults) : IEnrichmentRequests
{
    /// <summary>How often each conversation was announced, and the process that did it was told so.</summary>
    public Dictionary<string, int> Announced { get; } = [];

    public Task<bool[]> SendAsync(
        IReadOnlyList<string> conversationIds,
        TimeSpan delay,
        CancellationToken cancellationToken
    ) =>
        Asking.AskAsync(
            async () =>
            {
                var fault = await faults.ArriveAsync(nameof(SendAsync), isBatch: true);
                var sent = new bool[conversationIds.Count];
                if (fault != Fault.Away)
                {
                    var unserved = faults.Unserved(fault, sent.Length);
                    for (var position = 0; position < sent.Length; position++)
                    {
                        if (!unserved[position])
                        {
                            queue.Send(BodyOf(conversationIds[position]), delay: delay);
                            sent[position] = fault != Fault.AnswerLost;
                        }
                    }
                }

                await faults.TravelAsync();
                foreach (var (_, conversationId) in sent.Zip(conversationIds).Where(one => one.First))
                {
                    Announced[conversationId] = Announced.GetValueOrDefault(conversationId) + 1;
                }

                return sent;
            },
            cancellationToken
        );

    private static string BodyOf(string conversationId) =>
        $$"""{"conversationId":"{{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(conversationId)}}"}""";
}
