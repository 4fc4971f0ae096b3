using GenesysMock.Conversations;
using GenesysMock.Publishing;
using GenesysMock.Truth;

namespace GenesysMock.Admin;

/// <summary>What really happened: what the API was asked, and what was emitted, thing by thing.</summary>
internal static class TruthEndpoints
{
    public static void MapTruth(this IEndpointRouteBuilder mock)
    {
        mock.MapGet("/truth", Tell);
        mock.MapDelete(
            "/truth",
            (ApiTruth truth) =>
            {
                truth.Reset();
                return Results.NoContent();
            }
        );
        mock.MapGet("/truth/{run}/events", Events);
    }

    private static IResult Tell(
        ApiTruth truth,
        TrafficRuns runs,
        PlatformEvents platform,
        ConversationDirectory conversations
    ) =>
        AdminJson.Answer(
            new
            {
                Api = truth.Snapshot(),
                Runs = runs.All.Select(RunAnswer.Of),
                AttributeEvents = platform.Ledger.Counts,
                ConversationsKnown = conversations.Count,
            }
        );

    private static IResult Events(string run, TrafficRuns runs) =>
        runs.Find(run) switch
        {
            null => TrafficEndpoints.NoSuchRun(run),
            { Plan.Events: null } => AdminJson.Fault(
                $"'{run}' has no end, so only its counts are kept.",
                StatusCodes.Status409Conflict
            ),
            var found => Results.Stream(
                stream => TruthLines.WriteAsync(found, stream, CancellationToken.None),
                "application/x-ndjson"
            ),
        };
}
