using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Deploy.Tests.Deploying;

/// <summary>
/// The part of a template that carries events (queues, tables, key, bus and rules), as a stack of an endpoint. Everything in it is as in the
/// template but the bus: emulators know no partner event sources, so that it is a bus like any other there.
/// </summary>
internal sealed class DeployedStack(IReadOnlyDictionary<string, string> outputs)
{
    public const string Bus = "genesys";

    private static readonly string[] Carrying =
    [
        "AWS::SQS::Queue",
        "AWS::SQS::QueuePolicy",
        "AWS::DynamoDB::Table",
        "AWS::KMS::Key",
        "AWS::Events::EventBus",
        "AWS::Events::Rule",
    ];

    public string Output(string name) => outputs[name];

    public static async Task<DeployedStack> CreateAsync(
        AwsEndpoint endpoint,
        Template template,
        CancellationToken cancellationToken
    )
    {
        var name = $"genesys-{Guid.NewGuid():N}";
        await endpoint.CallAsync(
            new Dictionary<string, string>
            {
                ["Action"] = "CreateStack",
                ["Version"] = "2010-05-15",
                ["StackName"] = name,
                ["TemplateBody"] = CarryingPartOf(template).ToJsonString(),
                ["Parameters.member.1.ParameterKey"] = "PartnerEventSource",
                ["Parameters.member.1.ParameterValue"] = Bus,
            },
            cancellationToken
        );
        return new DeployedStack(await OutputsAsync(endpoint, name, cancellationToken));
    }

    private static async Task<Dictionary<string, string>> OutputsAsync(
        AwsEndpoint endpoint,
        string name,
        CancellationToken cancellationToken
    )
    {
        for (var looks = 0; ; looks++)
        {
            var answer = await endpoint.CallAsync(
                new Dictionary<string, string>
                {
                    ["Action"] = "DescribeStacks",
                    ["Version"] = "2010-05-15",
                    ["StackName"] = name,
                },
                cancellationToken
            );
            var status = All(answer, "StackStatus").Single().Value;
            if (status == "CREATE_IN_PROGRESS" && looks < 60)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
                continue;
            }

            Assert.Equal("CREATE_COMPLETE", status);
            return All(answer, "OutputKey")
                .ToDictionary(key => key.Value, key => All(key.Parent!, "OutputValue").Single().Value);
        }
    }

    private static JsonObject CarryingPartOf(Template template)
    {
        var resources = template
            .Resources.Where(resource => Carrying.Contains(resource.Type))
            .ToDictionary(resource => resource.Id, resource => (JsonObject)resource.Json.DeepClone());
        foreach (var bus in resources.Values.Where(resource => (string)resource["Type"]! == "AWS::Events::EventBus"))
        {
            bus["Properties"]!.AsObject().Remove("EventSourceName");
        }

        var part = new JsonObject { ["Resources"] = new JsonObject([.. resources.Select(Member)]) };
        var outputs = template
            .Section("Outputs")
            .Where(output =>
                Expression.References(output.Value).All(reference => resources.ContainsKey(reference.Name))
            )
            .Select(output => KeyValuePair.Create(output.Key, output.Value?.DeepClone()));
        part["Outputs"] = new JsonObject([.. outputs]);
        var needed = Expression.References(part).Select(reference => reference.Name).ToHashSet();
        part["Parameters"] = new JsonObject([
            .. template
                .Parameters.Where(needed.Contains)
                .Select(name => KeyValuePair.Create(name, (JsonNode?)AnyValue(template, name))),
        ]);
        return part;
    }

    private static KeyValuePair<string, JsonNode?> Member(KeyValuePair<string, JsonObject> resource) =>
        KeyValuePair.Create(resource.Key, (JsonNode?)resource.Value);

    /// <summary>A bus like any other has not the name of a partner's.</summary>
    private static JsonNode AnyValue(Template template, string parameter)
    {
        var copy = template.Section("Parameters")[parameter]!.DeepClone();
        copy.AsObject().Remove("AllowedPattern");
        return copy;
    }

    private static IEnumerable<XElement> All(XElement answer, string name) =>
        answer.Descendants().Where(element => element.Name.LocalName == name);
}
