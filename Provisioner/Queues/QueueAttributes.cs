using System.Text.Json;

namespace Provisioner.Queues;

/// <summary>Compares attributes as SQS means them: a policy comes back with other spaces, another order, and numbers as text.</summary>
internal static class QueueAttributes
{
    public static bool AreSame(string present, string wanted) =>
        string.Equals(present, wanted, StringComparison.OrdinalIgnoreCase)
        || (
            Members(present) is { } presentMembers
            && Members(wanted) is { } wantedMembers
            && presentMembers.SetEquals(wantedMembers)
        );

    private static HashSet<string>? Members(string policy)
    {
        try
        {
            using var json = JsonDocument.Parse(policy);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? [.. json.RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value}")]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
