using System.Text.Json.Nodes;

namespace Deploy.Tests.Specification;

public sealed class SpecificationTests
{
    private static readonly ResourceSpecification Specification = new();

    [Theory]
    [MemberData(nameof(Template.All), MemberType = typeof(Template))]
    public void Every_resource_is_what_CloudFormation_takes(string name) =>
        Assert.Empty(Specification.FaultsOf(Template.Named(name)));

    [Fact]
    public void The_one_definition_of_queues_and_tables_is_what_CloudFormation_takes() =>
        Assert.Empty(Specification.FaultsOf(Template.Pipeline()));

    [Theory]
    [MemberData(nameof(Template.All), MemberType = typeof(Template))]
    public void A_template_is_within_the_limits_of_CloudFormation(string name)
    {
        var template = Template.Named(name);

        Assert.True(template.Resources.Count <= 500);
        Assert.True(template.Parameters.Count() <= 200);
        Assert.True(template.Outputs.Count() <= 200);
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(template.Section("Resources").ToJsonString()) < 1_000_000);
    }

    [Theory]
    [InlineData("QueueName", "\"q\"", null)]
    [InlineData("Queuename", "\"q\"", "there is no such property")]
    [InlineData("VisibilityTimeout", "\"60\"", "must be a integer")]
    [InlineData("VisibilityTimeout", "60.5", "must be a integer")]
    [InlineData("VisibilityTimeout", "{\"Ref\":\"AWS::Region\"}", null)]
    [InlineData("FifoQueue", "\"true\"", "must be a boolean")]
    [InlineData("Tags", "{}", "must be a list")]
    public void A_property_that_is_wrong_is_found(string property, string value, string? fault)
    {
        var template = AQueueWith(property, value);

        var faults = Specification.FaultsOf(template).ToList();

        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, found => Assert.Contains(fault!, found));
    }

    [Theory]
    [InlineData("{\"Ref\":\"Nobody\"}", "there is no parameter or resource Nobody")]
    [InlineData("{\"Fn::GetAtt\":[\"Q\",\"Url\"]}", "Q has no attribute Url")]
    [InlineData("{\"Fn::Sub\":\"${Q.Url}\"}", "Q has no attribute Url")]
    public void A_reference_that_leads_nowhere_is_found(string value, string fault)
    {
        var template = AQueueWith("QueueName", value);

        Assert.Equal([fault], Specification.FaultsOf(template));
    }

    private static Template AQueueWith(string property, string value) =>
        Template.Of(
            "Q",
            new JsonObject
            {
                ["Type"] = "AWS::SQS::Queue",
                ["Properties"] = new JsonObject { [property] = JsonNode.Parse(value) },
            }
        );
}
