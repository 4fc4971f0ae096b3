using Events.Patterns;

namespace Events.Tests.Patterns;

public sealed class PatternSetTests
{
    private static readonly PatternSet Rules = new([
        Pattern.Of("""{"detail":{"items":{"id":[1],"on":[true]}}}"""),
        Pattern.Of("""{"detail":{"items":{"id":[2],"on":[true]}}}"""),
        Pattern.Of("""{"$or":[{"source":["a"]},{"source":["b"]}]}"""),
    ]);

    [Fact]
    public void Each_pattern_is_told_for_itself()
    {
        var matched = new bool[3];

        Assert.True(
            Rules.TryMatch("""{"source":"b","detail":{"items":[{"id":1,"on":false},{"id":2,"on":true}]}}"""u8, matched)
        );

        Assert.Equal([false, true, true], matched);
    }

    [Fact]
    public void An_invalid_event_matches_nothing_and_leaves_nothing_behind()
    {
        bool[] matched = [true, true, true];

        Assert.False(Rules.TryMatch("""{"source":"b","""u8, matched));

        Assert.Equal([false, false, false], matched);
    }

    [Fact]
    public void A_set_of_none_still_tells_what_an_event_is()
    {
        var none = new PatternSet([]);

        Assert.True(none.TryMatch("{}"u8, []));
        Assert.False(none.TryMatch("{"u8, []));
    }

    [Fact]
    public void The_answer_has_room_for_every_pattern() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rules.TryMatch("{}"u8, new bool[2]));

    [Fact]
    public async Task Threads_share_a_pattern()
    {
        var pattern = Pattern.Of(
            """{"d":{"items":{"a":[1],"b":[2]},"$or":[{"state":["ready"]},{"pending":[{"exists":false}]}]}}"""
        );
        var workers = Enumerable
            .Range(0, 8)
            .Select(_ =>
                Task.Run(
                    () =>
                    {
                        for (var round = 0; round < 500; round++)
                        {
                            Assert.True(
                                pattern.Matches("""{"d":{"items":[{"a":1,"b":0},{"a":1,"b":2}],"state":"ready"}}""")
                            );
                            Assert.False(
                                pattern.Matches("""{"d":{"items":[{"a":1,"b":0},{"a":0,"b":2}],"state":"ready"}}""")
                            );
                            Assert.False(
                                pattern.Matches("""{"d":{"items":[{"a":1,"b":2}],"state":"x","pending":true}}""")
                            );
                        }
                    },
                    TestContext.Current.CancellationToken
                )
            );

        await Task.WhenAll(workers);
    }
}
