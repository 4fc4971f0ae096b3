using GenesysApi.Calls;
using GenesysApi.Conversations;
using Processor.Enrichment.Timeline;

namespace Processor.Tests.Enrichment;

using Details = IReadOnlyList<ConversationDetails>;

/// <summary>What becomes of a hundred conversations when the platform rejects the one call for them.</summary>
public sealed class RejectedCallTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(414)]
    public void An_id_that_the_platform_does_not_like_does_not_stand_in_the_way_of_the_others(int status)
    {
        var world = new AnEnrichment();
        Send(world, 99);
        world.Queue.Send("odd");
        world.Genesys.Answer = ids =>
            ids.Contains("odd") ? new ApiOutcome<Details>.Rejected(status, "bad.request") : null;

        world.RunFor(TimeSpan.FromMinutes(2));

        Assert.Equal(DetailsState.Unavailable, world.Summaries.All["odd"].Details);
        Assert.Equal(99, world.Summaries.All.Values.Count(summary => summary.Details == DetailsState.Present));
        Assert.InRange(world.Genesys.Calls.Count, 8, 16);
    }

    [Fact]
    public void Not_found_for_a_whole_call_means_that_none_of_them_is_known_yet()
    {
        var world = new AnEnrichment();
        Send(world, 50);
        world.Genesys.Answer = _ =>
            world.World.Elapsed < TimeSpan.FromMinutes(1) ? new ApiOutcome<Details>.Rejected(404, "not.found") : null;

        world.RunFor(TimeSpan.FromMinutes(10));

        Assert.Equal(50, world.Summaries.All.Values.Count(summary => summary.Details == DetailsState.Present));
        Assert.Equal(50, world.Genesys.Calls[0].Count);
        Assert.InRange(world.Genesys.Calls.Count, 2, 40);
    }

    [Fact]
    public void A_missing_permission_loses_nothing_until_somebody_grants_it()
    {
        var world = new AnEnrichment();
        Send(world, 20);
        world.Genesys.Answer = _ =>
            world.World.Elapsed < TimeSpan.FromHours(1)
                ? new ApiOutcome<Details>.Rejected(403, "missing.permissions")
                : null;

        world.RunFor(TimeSpan.FromHours(1.2));

        Assert.Equal(20, world.Summaries.All.Count);
        Assert.InRange(world.Genesys.Calls.Count, 10, 16);
    }

    private static void Send(AnEnrichment world, int conversations)
    {
        for (var number = 0; number < conversations; number++)
        {
            world.Queue.Send($"c{number}");
        }
    }
}
