using Events.Patterns;

namespace Events.Tests.Patterns;

public sealed class WildcardComplexityTests
{
    [Theory]
    [InlineData("""[{"wildcard":"*a*a*a*a*a"}]""", true)]
    [InlineData("""[{"wildcard":"*a*a*a*a*a*a"}]""", false)]
    [InlineData("""[{"wildcard":"*a*b*c*d*e*f*g*h*i"}]""", true)]
    [InlineData("""[{"wildcard":"*:*:*:*:*:event-bus/*"}]""", false)]
    [InlineData("""[{"wildcard":"arn:aws:events:us-east-1:*:event-bus/*"}]""", true)]
    [InlineData("""[{"wildcard":"*aaaaaaaaa"}]""", true)]
    [InlineData("""[{"wildcard":"*aaaaaaaaaa"}]""", false)]
    public void The_service_counts_how_many_beginnings_one_value_fits(string values, bool accepted) =>
        Assert.Equal(accepted, EventPattern.Parse($$"""{"v":{{values}}}""") is ParsedPattern.Valid);

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void All_wildcards_of_a_field_begin_together(int count, bool accepted)
    {
        var values = Enumerable.Range(0, count).Select(n => $$"""{"wildcard":"{{(char)('a' + n)}}*x"}""");

        Assert.Equal(accepted, EventPattern.Parse($$"""{"v":[{{string.Join(',', values)}}]}""") is ParsedPattern.Valid);
    }

    [Fact]
    public void A_wildcard_that_is_repeated_counts_once()
    {
        var values = Enumerable.Repeat("""{"wildcard":"*a*a*a*a"}""", 5);

        Assert.IsType<ParsedPattern.Valid>(EventPattern.Parse($$"""{"v":[{{string.Join(',', values)}}]}"""));
    }

    [Theory]
    [InlineData("\"a*\",\"b*\",\"c*\",\"d*\",\"e*\",\"f*\",\"g*\",\"h*\",\"i*\",\"j*\",\"k*\"", true)]
    [InlineData("\"*/a\",\"*/b\",\"*/c\",\"*/d\",\"*/e\",\"*/f\",\"*/g\",\"*/h\",\"*/i\",\"*/j\",\"*/k\"", false)]
    public void The_wildcards_of_one_anything_but_begin_as_one(string list, bool accepted)
    {
        Assert.Equal(
            accepted,
            EventPattern.Parse($$$"""{"v":[{"anything-but":{"wildcard":[{{{list}}}]}}]}""") is ParsedPattern.Valid
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    public void The_longest_wildcard_is_judged_in_a_few_megabytes(string star)
    {
        var json = $$"""{"v":[{"wildcard":"{{star}}{{new string('a', 4_060)}}"}]}""";
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = EventPattern.Parse(json);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
    }
}
