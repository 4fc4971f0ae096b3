using Processor.Testing.Building;

namespace Processor.Tests.Costs;

/// <summary>What a busy queue brings, duplicates and poison among it: the same messages each time.</summary>
internal static class SeededTraffic
{
    public const int Messages = 2_000;
    public const int Duplicates = Messages / 20;
    public const int Poison = Messages / 200;
    public const int Distinct = Messages - Duplicates - Poison;

    public static IReadOnlyList<string> Bodies()
    {
        var random = new Random(3);
        var bodies = Samples.Calls(Distinct, random).ToList();
        for (var duplicate = 0; duplicate < Duplicates; duplicate++)
        {
            var first = random.Next(bodies.Count);
            bodies.Insert(random.Next(first + 1, bodies.Count + 1), bodies[first]);
        }

        for (var poison = 0; poison < Poison; poison++)
        {
            bodies.Insert(
                random.Next(bodies.Count + 1),
                $$$"""{"version":"0","id":"poison-{{{poison}}}","source":"aws.partner/genesys.com","detail-type":"x","detail":{}}"""
            );
        }

        return bodies;
    }
}
