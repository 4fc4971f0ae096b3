using System.Collections.Immutable;

namespace GenesysMock.Traffic;

/// <summary>The contact centre whose events these are. It is the same for every run, so the API can answer about it.</summary>
internal sealed record Organization
{
    private const int Agents = 25;
    private static readonly string[] QueueNames = ["Support", "Sales", "Billing", "Returns", "Technical", "Premium"];
    private static readonly string[] FlowNames = ["Main IVR", "After Hours", "Order Status"];
    private static readonly string[] WrapUpNames = ["Refund", "Resolved", "Call back", "Escalated", "Wrong number"];

    public required string Id { get; init; }
    public required string DivisionId { get; init; }
    public required string CampaignId { get; init; }
    public required string ContactListId { get; init; }
    public required string PresenceDefinitionId { get; init; }
    public required string OperationalEventId { get; init; }
    public required ImmutableArray<Agent> Users { get; init; }
    public required ImmutableArray<WorkQueue> Queues { get; init; }
    public required ImmutableArray<Flow> Flows { get; init; }
    public required ImmutableArray<WrapUpCode> WrapUpCodes { get; init; }

    public string Name { get; } = "Acme";
    public string Account { get; } = "123456789012";
    public string Region { get; } = "us-east-1";

    /// <summary>The partner event source, which is also the name of the event bus.</summary>
    public string Source => $"aws.partner/genesys.com/cloud/{Id}/acme-events";

    public static Organization FromSeed(int seed)
    {
        var chance = new Chance(seed, salt: 0);
        return new Organization
        {
            Id = chance.Id(),
            DivisionId = chance.Id(),
            CampaignId = chance.Id(),
            ContactListId = chance.Id(),
            PresenceDefinitionId = chance.Id(),
            OperationalEventId = chance.Id(),
            Users = [.. Enumerable.Range(1, Agents).Select(number => new Agent(chance.Id(), $"Agent {number:00}"))],
            Queues =
            [
                .. QueueNames.Select(name => new WorkQueue(
                    chance.Id(),
                    name,
                    SkillId: chance.Id(),
                    UtilizationLabel: chance.Id()
                )),
            ],
            Flows =
            [
                .. FlowNames.Select(name => new Flow(
                    chance.Id(),
                    name,
                    OutcomeId: chance.Id(),
                    FirstMilestoneId: chance.Id(),
                    LastMilestoneId: chance.Id()
                )),
            ],
            WrapUpCodes = [.. WrapUpNames.Select(name => new WrapUpCode(chance.Id(), name))],
        };
    }
}

internal sealed record Agent(string Id, string Name)
{
    public string Email => $"{Name.Replace(' ', '.')}@example.com".ToLowerInvariant();
}

internal sealed record WorkQueue(string Id, string Name, string SkillId, string UtilizationLabel);

internal sealed record Flow(string Id, string Name, string OutcomeId, string FirstMilestoneId, string LastMilestoneId);

internal sealed record WrapUpCode(string Id, string Name);
