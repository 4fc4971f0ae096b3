using Provisioner.Making;
using Provisioner.Queues;
using Provisioner.Tables;
using Provisioner.Templates;
using ServiceDefaults;
using Testing;

namespace Provisioner.Tests.Templates;

/// <summary>The one definition of queues and tables: what the services and DESIGN expect of it.</summary>
public sealed class PipelineTemplateTests
{
    private const int Day = 24 * 60 * 60;

    private readonly Plan _plan = ATemplate.PlanOf(
        File.ReadAllText(Repository.PathOf("AppHost", "pipeline.template.json"))
    );

    [Fact]
    public void It_is_understood_from_end_to_end()
    {
        Assert.Empty(_plan.Faults);
        Assert.Equal(11, _plan.Steps.Count);
    }

    [Fact]
    public void The_services_find_their_queues_and_tables_in_it()
    {
        var names = new PipelineOptions();

        Assert.Superset(
            new HashSet<string> { names.EventsQueue, names.DeadLetterQueue, names.EnrichmentQueue },
            Queues().Select(queue => queue.Name).ToHashSet()
        );
        Assert.Equal(
            new HashSet<string>
            {
                names.EventsTable,
                names.ClaimsTable,
                names.AttemptsTable,
                names.ConversationsTable,
                names.BudgetTable,
                names.DeadLettersTable,
                names.OperationsTable,
            },
            Tables().Select(table => table.Name).ToHashSet()
        );
    }

    [Theory]
    [InlineData("conversation-events", "subject HASH S", "event RANGE S")]
    [InlineData("effect-claims", "claim HASH S")]
    [InlineData("message-attempts", "eventKey HASH S")]
    [InlineData("conversations", "conversationId HASH S")]
    [InlineData("api-budget", "budget HASH S")]
    [InlineData("dead-letters", "shelf HASH S", "letter RANGE S")]
    [InlineData("operations-log", "log HASH S", "entry RANGE S")]
    public void A_table_has_the_keys_the_services_write(string name, params string[] keys)
    {
        Assert.Equal(keys, Tables().Single(table => table.Name == name).Keys.Select(key => key.ToString()));
    }

    [Fact]
    public void Every_table_lets_its_items_expire()
    {
        Assert.All(Tables(), table => Assert.Equal("expires", table.ExpiresAttribute));
    }

    [Theory]
    [InlineData("genesys-events")]
    [InlineData("conversation-enrichment")]
    public void A_dead_letter_is_kept_longer_than_the_event_it_was(string name)
    {
        var queue = Queues().Single(queue => queue.Name == name).Attributes;
        var deadLetters = Queues().Single(queue => queue.Name == $"{name}-dlq").Attributes;

        Assert.Equal($"{4 * Day}", queue["MessageRetentionPeriod"]);
        Assert.Equal($"{14 * Day}", deadLetters["MessageRetentionPeriod"]);
        Assert.Contains("\"maxReceiveCount\":20", queue["RedrivePolicy"], StringComparison.Ordinal);
        Assert.DoesNotContain("RedrivePolicy", deadLetters.Keys);
    }

    [Fact]
    public void A_prefix_stands_in_front_of_every_name()
    {
        var template = File.ReadAllText(Repository.PathOf("AppHost", "pipeline.template.json"));

        var plan = ATemplate.PlanOf(template, new() { ["NamePrefix"] = "test-" });

        Assert.All(plan.Steps, step => Assert.StartsWith("test-", NameOf(step), StringComparison.Ordinal));
    }

    private IEnumerable<QueueDefinition> Queues() =>
        _plan.Steps.Where(step => step.Kind is QueueKind).Select(step => QueueDefinition.Read(PropertiesOf(step)));

    private IEnumerable<TableDefinition> Tables() =>
        _plan.Steps.Where(step => step.Kind is TableKind).Select(step => TableDefinition.Read(PropertiesOf(step)));

    private static string NameOf(PlannedStep step) =>
        step.Kind is QueueKind
            ? QueueDefinition.Read(PropertiesOf(step)).Name
            : TableDefinition.Read(PropertiesOf(step)).Name;

    private static Properties PropertiesOf(PlannedStep step) =>
        new(step.Resource.Path, step.Resource.Properties, step.Scope, new Faults());
}
