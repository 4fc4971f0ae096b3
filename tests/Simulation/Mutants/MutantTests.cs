using System.Text;
using System.Text.RegularExpressions;
using Events;
using Simulation.Invariants;
using Testing;

namespace Simulation.Mutants;

/// <summary>The mutants live in a copy, and nowhere else; here it is seen to that each still has its place.</summary>
public sealed class MutantTests
{
    [Fact]
    public void Each_mutant_has_its_place_in_the_source()
    {
        var sources = AllMutants
            .List.Select(mutant => mutant.File)
            .Distinct()
            .ToDictionary(file => file, file => File.ReadAllText(Repository.PathOf(file)));

        foreach (var mutant in AllMutants.List)
        {
            sources[mutant.File] = mutant.Apply(sources[mutant.File]);
        }
    }

    [Fact]
    public void There_are_twenty_mutants_and_more_each_with_a_name_of_its_own()
    {
        Assert.InRange(AllMutants.List.Count, 20, 100);
        Assert.Distinct(AllMutants.List.Select(mutant => mutant.Name));
    }

    [Fact]
    public void Each_mutant_is_against_an_invariant_and_stands_so_in_the_published_table()
    {
        var table = File.ReadAllText(Repository.PathOf("docs/simulation.md"));

        Assert.All(
            AllMutants.List,
            mutant =>
            {
                Assert.Contains(mutant.Noticed, Invariant.All);
                Assert.Matches(
                    $@"(?m)^\| {Regex.Escape(mutant.Name)} \| [^|]+ \| {Regex.Escape(mutant.Noticed)} \|$",
                    table
                );
            }
        );
    }

    [Fact]
    public void No_built_program_knows_of_mutants()
    {
        foreach (
            var type in new[]
            {
                typeof(EventDecoder),
                typeof(GenesysApi.IGenesysApi),
                typeof(Processor.Settlement.ISettlement),
            }
        )
        {
            Assert.False(Names(type, "MutantSwitch", Encoding.UTF8), $"{type.Assembly} has the switch.");
            Assert.False(Names(type, Mutant.Variable, Encoding.Unicode), $"{type.Assembly} asks which mutant is on.");
        }
    }

    [Fact]
    public void A_program_that_knew_of_mutants_would_be_found_out()
    {
        Assert.True(Names(typeof(MutantTests), nameof(MutatedTree), Encoding.UTF8));
        Assert.True(Names(typeof(MutantTests), Mutant.Variable, Encoding.Unicode));
    }

    /// <param name="inside">Any type of the assembly.</param>
    /// <param name="text">What is looked for.</param>
    /// <param name="encoding">Names stand there in UTF-8, strings in UTF-16.</param>
    private static bool Names(Type inside, string text, Encoding encoding) =>
        File.ReadAllBytes(inside.Assembly.Location).AsSpan().IndexOf(encoding.GetBytes(text)) >= 0;
}
