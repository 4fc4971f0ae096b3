using System.Text;
using Events.Patterns.Matching;

namespace Events.Tests.Patterns;

/// <summary>What a hostile event can make a hostile pattern do, counted: how often a scope is held against an alternative.</summary>
public sealed class WorkTests
{
    // 10 × 10 × 10 ways to match.
    private static readonly string AThousandAlternatives =
        $$$"""{"$or":[{{{Branches('a')}}}],"x":{"$or":[{{{Branches('b')}}}],"y":{"$or":[{{{Branches('c')}}}]} } }""";

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"other":[{"y":1}]}""")]
    [InlineData("[[[]],[{}]]")]
    public void An_element_without_a_leaf_of_the_pattern_costs_nothing(string element)
    {
        var none = WeighedFor(AThousandAlternatives, "{}");

        var many = WeighedFor(AThousandAlternatives, $$"""{"x":[{{Repeated(element, 10_000)}}]}""");

        Assert.Equal(1_000, none);
        Assert.Equal(none, many);
    }

    [Fact]
    public void An_element_is_held_only_against_alternatives_that_ask_for_something_in_it()
    {
        const string pattern = """{"$or":[{"x":{"y":[1]}},{"a":[1]},{"b":[1]},{"c":[1]},{"d":{"y":[1]}}]}""";

        var weighed = WeighedFor(pattern, $$"""{"x":[{{Repeated("""{"y":2}""", 1_000)}}]}""");

        Assert.Equal(1_000 + 5, weighed);
    }

    private static string Branches(char name) =>
        string.Join(',', Enumerable.Range(0, 10).Select(value => $$"""{"{{name}}":[{{value}}]}"""));

    private static string Repeated(string element, int times) => string.Join(',', Enumerable.Repeat(element, times));

    private static long WeighedFor(string pattern, string @event)
    {
        var program = MatchProgram.Compile([Pattern.Of(pattern).Alternatives]);
        var walk = new EventWalk(program, Encoding.UTF8.GetBytes(@event), new ulong[64]);
        try
        {
            Assert.True(walk.TryMatch(new bool[1]));
            return walk.Weighed;
        }
        finally
        {
            walk.Dispose();
        }
    }
}
