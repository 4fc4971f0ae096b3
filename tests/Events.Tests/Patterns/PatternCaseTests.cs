using System.Text;
using Events.Patterns;

namespace Events.Tests.Patterns;

public sealed class PatternCaseTests
{
    public static TheoryData<string, string, string, bool> ValidCases()
    {
        var data = new TheoryData<string, string, string, bool>();
        foreach (var (name, pattern, candidate, matches) in PatternCases.Valid())
        {
            data.Add(name, pattern, candidate, matches);
        }

        return data;
    }

    public static TheoryData<string, string, string, string> InvalidCases()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var (name, pattern, path, reason) in PatternCases.Invalid())
        {
            data.Add(name, pattern, path, reason);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void A_pattern_matches_what_the_table_says(string name, string pattern, string candidate, bool matches)
    {
        var match = Pattern.Of(pattern).Matches(Encoding.UTF8.GetBytes(candidate));

        Assert.True(match == (matches ? PatternMatch.Matched : PatternMatch.NotMatched), $"{name}: {match}");
    }

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void The_reference_agrees_with_the_table(string name, string pattern, string candidate, bool matches) =>
        Assert.True(ReferenceMatcher.Matches(pattern, candidate) == matches, name);

    [Theory]
    [MemberData(nameof(InvalidCases))]
    public void A_pattern_is_refused_where_and_why_the_table_says(
        string name,
        string pattern,
        string path,
        string reason
    )
    {
        var invalid = Assert.IsType<ParsedPattern.Invalid>(EventPattern.Parse(pattern));

        Assert.True(invalid.Path == path, $"{name}: {invalid}");
        Assert.True(
            reason.EndsWith(": ", StringComparison.Ordinal)
                ? invalid.Reason.StartsWith(reason, StringComparison.Ordinal)
                : invalid.Reason == reason,
            $"{name}: {invalid}"
        );
    }

    [Fact]
    public void The_tables_are_large() =>
        Assert.True(PatternCases.Valid().Count() > 500, $"{PatternCases.Valid().Count()}");
}
