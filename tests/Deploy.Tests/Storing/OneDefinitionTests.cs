using System.Text.Json.Nodes;

namespace Deploy.Tests.Storing;

/// <summary>Queues and tables are AppHost/pipeline.template.json's; a deployment only adds to them.</summary>
public sealed class OneDefinitionTests
{
    /// <summary>What only an account has.</summary>
    private static readonly string[] Added =
    [
        "KmsMasterKeyId",
        "KmsDataKeyReusePeriodSeconds",
        "RedriveAllowPolicy",
        "SSESpecification",
    ];

    /// <summary>What an account does its own way; other tests say how.</summary>
    private static readonly string[] Changed = ["SqsManagedSseEnabled", "VisibilityTimeout"];

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Every_queue_and_table_is_as_defined(string name)
    {
        var deployed = Template.Named(name);

        Assert.All(
            Template.Pipeline().Resources,
            defined =>
            {
                var properties = (JsonObject)deployed.At(defined.Id).Properties.DeepClone();
                foreach (var added in Added)
                {
                    properties.Remove(added);
                }

                foreach (var changed in Changed)
                {
                    properties.Remove(changed);
                    defined.Properties.Remove(changed);
                }

                Assert.Equal(deployed.At(defined.Id).Type, defined.Type);
                Assert.True(JsonNode.DeepEquals(defined.Properties, properties), $"{defined}");
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Every_output_is_there(string name) =>
        Assert.Subset(Template.Named(name).Outputs.ToHashSet(), Template.Pipeline().Outputs.ToHashSet());

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Every_table_expires_what_is_old_and_has_a_key(string name) =>
        Assert.All(
            Template.Named(name).Of("AWS::DynamoDB::Table"),
            table =>
            {
                Assert.Equal("true", table.Text("TimeToLiveSpecification", "Enabled"));
                Assert.Equal("KMS", table.Text("SSESpecification", "SSEType"));
            }
        );
}
