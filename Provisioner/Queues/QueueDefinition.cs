using Provisioner.Templates;

namespace Provisioner.Queues;

/// <summary>A queue as the template wants it, in the words of the SQS API.</summary>
internal sealed record QueueDefinition(string Name, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Properties whose names and values are the API's attributes.</summary>
    private static readonly string[] PlainAttributes =
    [
        "DelaySeconds",
        "MaximumMessageSize",
        "MessageRetentionPeriod",
        "ReceiveMessageWaitTimeSeconds",
        "SqsManagedSseEnabled",
        "VisibilityTimeout",
    ];

    /// <summary>Properties that are JSON to the API; a queue may have none.</summary>
    public static readonly string[] Policies = ["RedrivePolicy", "RedriveAllowPolicy"];

    public static QueueDefinition Read(Properties properties)
    {
        var name = properties.Text("QueueName");
        var attributes = new Dictionary<string, string>();
        foreach (var attribute in PlainAttributes)
        {
            AddIfThere(attribute, properties.TextOrNull(attribute));
        }

        foreach (var policy in Policies)
        {
            AddIfThere(policy, properties.JsonOrNull(policy));
        }

        properties.Done();
        return new QueueDefinition(name, attributes);

        void AddIfThere(string attribute, string? value)
        {
            if (value is not null)
            {
                attributes.Add(attribute, value);
            }
        }
    }
}
