using System.Text;
using Events.Patterns;

namespace Events.Tests.Patterns;

public sealed class AllocationTests
{
    private static readonly byte[] AcdEnd = File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "Samples", "eb-acd-end.json")
    );

    private static readonly byte[] Participants = Encoding.UTF8.GetBytes(
        """
        {"detail-type":"v2.detail.events.conversation.{id}","detail":{"eventBody":{"p\u0061rticipants":[
        {"purpose":"customer","name":"Zo\u00eb","calls":[{"state":"connected","ani":"10.0.0.1","n":1}]},
        {"purpose":"agent","name":"Max","calls":[{"state":"terminated","n":2.5e1},{"state":"connected","n":3,"skills":["a","b"]}]}]}}}
        """
    );

    public static TheoryData<string> Patterns =>
        [
            """{"source":[{"prefix":"aws.partner/genesys.com"}],"detail":{"eventBody":{"mediaType":["VOICE","MESSAGE"]}}}""",
            """{"detail-type":[{"wildcard":"v2.detail.events.conversation.*.acd.end"}],"replay-name":[{"exists":false}]}""",
            """{"$or":[{"detail":{"eventBody":{"provider":["Edge"]}}},{"time":[{"anything-but":{"suffix":["Z"]}}]}]}""",
            """{"detail":{"eventBody":{"participants":{"purpose":["agent"],"calls":{"state":["connected"],"n":[{"numeric":[">",2]}]}}}}}""",
            """{"detail":{"eventBody":{"participants":{"name":[{"equals-ignore-case":"ZOË"}],"calls":{"ani":[{"cidr":"10.0.0.0/8"}]}}}}}""",
            """{"$or":[{"detail":{"eventBody":{"participants":{"calls":{"skills":["b"],"x":[{"exists":false}]}}}}},{"detail":{"y":[1]}}]}""",
        ];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Matching_allocates_nothing(string json)
    {
        var pattern = Pattern.Of(json);

        Assert.Equal(0, BytesFor(() => pattern.Matches(AcdEnd)));
        Assert.Equal(0, BytesFor(() => pattern.Matches(Participants)));
    }

    [Fact]
    public void Neither_does_a_set()
    {
        var set = new PatternSet([.. Patterns.Select(row => Pattern.Of(row.Data))]);
        var matched = new bool[set.Count];

        Assert.Equal(0, BytesFor(() => set.TryMatch(Participants, matched)));
        Assert.Equal(0, BytesFor(() => set.TryMatch(AcdEnd, matched)));
    }

    [Fact]
    public void Neither_does_a_long_escaped_text()
    {
        var pattern = Pattern.Of("""{"v":[{"suffix":"x"}]}""");
        var candidate = Encoding.UTF8.GetBytes($$"""{"v":"{{string.Concat(Enumerable.Repeat("\\n", 50_000))}}x"}""");

        Assert.Equal(0, BytesFor(() => pattern.Matches(candidate)));
    }

    private static long BytesFor(Action action)
    {
        for (var warm = 0; warm < 50; warm++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
