using Events.Patterns;
using FsCheck;
using FsCheck.Fluent;

namespace Events.Tests.Patterns;

public sealed class PatternPropertyTests
{
    // Fixed, so that a red run is red again; change it to look further.
    private const ulong Seed = 20260913;

    [Fact]
    public void Matching_agrees_with_the_definition_on_arrays_of_every_depth() =>
        Agree(GeneratedCase.WithArrays, 5_000);

    [Fact]
    public void Matching_agrees_with_the_definition_on_names_that_repeat_or_have_dots() =>
        Agree(GeneratedCase.WithAliases, 5_000);

    [Fact]
    public void Patterns_in_a_set_match_as_each_does_alone() =>
        Check(
            Prop.ForAll(
                GeneratedCase.WithArrays,
                GeneratedCase.WithArrays,
                (first, second) =>
                {
                    EventPattern[] patterns = [Pattern.Of($"{first.Pattern}"), Pattern.Of($"{second.Pattern}")];
                    var utf8 = System.Text.Encoding.UTF8.GetBytes($"{first.Event}");
                    var matched = new bool[2];

                    return new PatternSet(patterns).TryMatch(utf8, matched)
                        && matched[0] == patterns[0].Matches($"{first.Event}")
                        && matched[1] == patterns[1].Matches($"{first.Event}");
                }
            ),
            5_000
        );

    private static void Agree(Arbitrary<GeneratedCase> cases, int count)
    {
        var matches = 0;
        Check(
            Prop.ForAll(
                cases,
                sample =>
                {
                    var expected = ReferenceMatcher.Matches($"{sample.Pattern}", $"{sample.Event}");
                    matches += expected ? 1 : 0;
                    return Pattern.Of($"{sample.Pattern}").Matches($"{sample.Event}") == expected;
                }
            ),
            count
        );

        Assert.InRange(matches, count / 10, count);
    }

    private static void Check(Property property, int count) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(Seed, 1UL));
}
