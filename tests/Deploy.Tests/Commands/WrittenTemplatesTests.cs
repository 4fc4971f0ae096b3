using Deploy.Commands;
using Testing;

namespace Deploy.Tests.Commands;

public sealed class WrittenTemplatesTests
{
    [Fact]
    public void The_templates_of_the_repository_are_those_that_its_code_writes() =>
        Assert.True(
            SourceDigest.Of(Repository.Root)
                == File.ReadAllText(Repository.PathOf("Deploy", "templates", SourceDigest.FileName)).Trim(),
            "Deploy was changed: write its templates again with 'dotnet run --project Deploy -- synth --output Deploy/templates --again'."
        );

    /// <summary>Between them they have every part that Deploy can write; more would only be longer.</summary>
    [Fact]
    public void The_templates_of_the_repository_show_both_bridges_both_places_to_run_and_Operations()
    {
        var shapes = Shape.All.Where(shape => File.Exists(Repository.PathOf("Deploy", "templates", shape.FileName)));

        Assert.Equal(["native-fargate", "ingestor-lambda-operations"], shapes.Select(shape => shape.Name));
    }
}
