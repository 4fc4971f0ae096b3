using Deploy.Commands;

namespace Deploy.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void Without_choices_the_rule_sends_to_SQS_and_the_Processor_runs_on_Fargate()
    {
        var synth = Assert.IsType<Command.Synth>(Read("synth --output out"));

        Assert.Equal("out", synth.Output);
        Assert.Equal([new Shape(Bridge.Native, Compute.Fargate, Operations: false)], synth.Shapes);
    }

    [Fact]
    public void Choices_are_taken_in_any_order()
    {
        var synth = Assert.IsType<Command.Synth>(
            Read("synth --operations --compute lambda --output out --bridge ingestor")
        );

        Assert.Equal([new Shape(Bridge.Ingestor, Compute.Lambda, Operations: true)], synth.Shapes);
    }

    [Fact]
    public void All_are_every_combination() =>
        Assert.Equal(8, Assert.IsType<Command.Synth>(Read("synth --output out --all")).Shapes.Distinct().Count());

    [Fact]
    public void A_comparison_without_choices_is_with_what_is_there()
    {
        var folder = Directory.CreateTempSubdirectory();
        File.WriteAllText(Path.Combine(folder.FullName, "ingestor-lambda.template.json"), "{}");

        var diff = Assert.IsType<Command.Diff>(CommandLine.Read(["diff", "--output", folder.FullName]));

        Assert.Equal([new Shape(Bridge.Ingestor, Compute.Lambda, Operations: false)], diff.Shapes);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("synth", "--output DIR is missing.")]
    [InlineData("synth --output", "--output needs a value.")]
    [InlineData("synth --output --all", "--output needs a value.")]
    [InlineData("synth --output out --bridge sqs", "--bridge sqs: it can be native or ingestor.")]
    [InlineData("synth --output out --compute 1", "--compute 1: it can be fargate or lambda.")]
    [InlineData("synth --output out --all --bridge native", "--all, --again and single choices exclude each other.")]
    [InlineData("synth --output out --verbose", "--verbose is not understood here.")]
    [InlineData("deploy", "There is no command deploy.")]
    [InlineData("cost --events many", "--events many is no number of events.")]
    public void What_is_wrong_is_said(string line, string fault) =>
        Assert.Equal(fault, Assert.IsType<Command.Help>(Read(line)).Fault);

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    public void Help_is_no_fault(string line) => Assert.Null(Assert.IsType<Command.Help>(Read(line)).Fault);

    private static Command Read(string line) => CommandLine.Read(line.Split(' '));
}
