using Events;
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
            var bytes = File.ReadAllText(type.Assembly.Location, System.Text.Encoding.Latin1);

            Assert.DoesNotContain("MutantSwitch", bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(Mutant.Variable, bytes, StringComparison.Ordinal);
        }
    }
}
