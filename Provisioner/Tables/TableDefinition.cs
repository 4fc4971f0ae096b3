using Provisioner.Templates;

namespace Provisioner.Tables;

/// <summary>A table as the template wants it.</summary>
/// <param name="ExpiresAttribute">The attribute with the time of expiry; null if items stay for ever.</param>
internal sealed record TableDefinition(
    string Name,
    IReadOnlyList<KeyAttribute> Keys,
    string? ExpiresAttribute,
    bool PointInTimeRecovery
)
{
    private const string OnDemand = "PAY_PER_REQUEST";

    public static TableDefinition Read(Properties properties)
    {
        var name = properties.Text("TableName");
        var keys = ReadKeys(properties);
        if (properties.TextOrNull("BillingMode") is not OnDemand)
        {
            properties.Refuse("BillingMode", $"must be {OnDemand}");
        }

        var expires = properties.ObjectOrNull("TimeToLiveSpecification");
        var expiresAttribute = expires?.Text("AttributeName");
        var expiresEnabled = expires?.FlagOrFalse("Enabled") ?? false;
        expires?.Done();

        var recovery = properties.ObjectOrNull("PointInTimeRecoverySpecification");
        var recoveryEnabled = recovery?.FlagOrFalse("PointInTimeRecoveryEnabled") ?? false;
        recovery?.Done();

        properties.Done();
        return new TableDefinition(name, keys, expiresEnabled ? expiresAttribute : null, recoveryEnabled);
    }

    private static List<KeyAttribute> ReadKeys(Properties properties)
    {
        var types = new Dictionary<string, string>();
        foreach (var attribute in properties.Objects("AttributeDefinitions"))
        {
            types[attribute.Text("AttributeName")] = attribute.Text("AttributeType");
            attribute.Done();
        }

        var keys = new List<KeyAttribute>();
        foreach (var key in properties.Objects("KeySchema"))
        {
            var name = key.Text("AttributeName");
            keys.Add(new KeyAttribute(name, key.Text("KeyType"), types.GetValueOrDefault(name, "")));
            key.Done();
            if (!types.ContainsKey(name))
            {
                key.Refuse("AttributeName", $"{name} is not in AttributeDefinitions");
            }
        }

        foreach (var unused in types.Keys.Except(keys.Select(key => key.Name)))
        {
            properties.Refuse("AttributeDefinitions", $"{unused} is no key");
        }

        return keys;
    }
}

/// <param name="Role">HASH or RANGE.</param>
/// <param name="Type">S, N or B.</param>
internal sealed record KeyAttribute(string Name, string Role, string Type)
{
    public override string ToString() => $"{Name} {Role} {Type}";
}
