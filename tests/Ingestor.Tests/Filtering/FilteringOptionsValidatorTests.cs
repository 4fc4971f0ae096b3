using Ingestor.Filtering;

namespace Ingestor.Tests.Filtering;

public sealed class FilteringOptionsValidatorTests
{
    [Fact]
    public void A_rule_with_a_mistake_is_named_with_the_place_and_the_reason()
    {
        var result = new FilteringOptionsValidator().Validate(
            null,
            new FilteringOptions
            {
                Rules = [new RuleOptions { Name = "voice", Pattern = """{"detail":{"mediaType":[]}}""" }],
            }
        );

        Assert.Equal(
            [
                "Ingestor:Rules:0:Pattern ('voice') is no event pattern at $.detail.mediaType: Empty arrays are not allowed.",
            ],
            result.Failures
        );
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var result = new FilteringOptionsValidator().Validate(
            null,
            new FilteringOptions
            {
                Rules =
                [
                    new RuleOptions { Name = "twice", Pattern = """{"source":["a"]}""" },
                    new RuleOptions { Name = "twice", Pattern = "no JSON" },
                    new RuleOptions { Name = " ", Pattern = "" },
                ],
            }
        );

        Assert.Equal(4, result.Failures!.Count());
    }
}
