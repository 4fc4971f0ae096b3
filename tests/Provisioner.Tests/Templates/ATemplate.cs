using Provisioner.Making;
using Provisioner.Queues;
using Provisioner.Tables;

namespace Provisioner.Tests.Templates;

/// <summary>A template from its resources' text, and what is wrong with it.</summary>
internal static class ATemplate
{
    public static string With(string resources, string rest = "") =>
        $$"""{ "Resources": { {{resources}} } {{rest}} }""";

    public static string Queue(string id, string properties = "") =>
        $$"""
            "{{id}}": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "{{id}}" {{properties}} } }
            """;

    /// <summary>A table that is right but for the property given.</summary>
    public static string Table(string id, string property = "")
    {
        string[] right =
        [
            $"\"TableName\": \"{id}\"",
            """ "BillingMode": "PAY_PER_REQUEST" """,
            """ "AttributeDefinitions": [{ "AttributeName": "k", "AttributeType": "S" }] """,
            """ "KeySchema": [{ "AttributeName": "k", "KeyType": "HASH" }] """,
        ];
        var name = property.Split(':')[0];
        var properties = right
            .Where(other => name.Length == 0 || !other.Contains(name, StringComparison.Ordinal))
            .Append(property)
            .Where(text => text.Length > 0);
        return $$"""
            "{{id}}": { "Type": "AWS::DynamoDB::Table", "Properties": { {{string.Join(',', properties)}} } }
            """;
    }

    public static IReadOnlyList<string> FaultsOf(string template, Dictionary<string, string>? parameters = null) =>
        PlanOf(template, parameters).Faults;

    public static IEnumerable<string> OrderOf(string template) =>
        PlanOf(template).Steps.Select(step => step.Resource.Id);

    public static Plan PlanOf(string template, Dictionary<string, string>? parameters = null)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, template);
            return Plan.Of(
                new ProvisionerOptions { Template = file, Parameters = parameters ?? [] },
                // Nothing is asked of AWS while a plan is made.
                [new QueueKind(null!), new TableKind(null!, null!, null!)]
            );
        }
        finally
        {
            File.Delete(file);
        }
    }
}
