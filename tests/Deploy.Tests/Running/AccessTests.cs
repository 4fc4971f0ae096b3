using System.Text.RegularExpressions;
using Testing;

namespace Deploy.Tests.Running;

public sealed partial class AccessTests
{
    /// <summary>Actions that AWS knows no resource for, or none that has a name before the call.</summary>
    private static readonly string[] Nameless =
    [
        "ecr:GetAuthorizationToken",
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
    ];

    [Theory]
    [MemberData(nameof(Template.All), MemberType = typeof(Template))]
    public void No_action_is_allowed_by_a_wildcard(string name) =>
        Assert.DoesNotContain(
            Statement.In(Template.Named(name)).Where(statement => statement.Allows),
            statement => statement.Actions.Any(action => action.Contains('*', StringComparison.Ordinal))
        );

    [Theory]
    [MemberData(nameof(Template.All), MemberType = typeof(Template))]
    public void No_resource_is_a_wildcard_where_it_has_a_name(string name) =>
        Assert.All(
            Statement
                .In(Template.Named(name))
                .Where(statement => statement.Allows && statement.Resources.Any(IsWild))
                // In a key's own policy, * is that key.
                .Where(statement => statement.Of.Type != "AWS::KMS::Key"),
            statement =>
                Assert.True(
                    statement.Actions.All(action => Nameless.Contains(action))
                        // Names of log streams are made up by the service that writes them.
                        || statement.Resources.All(arn => arn.EndsWith(":log-stream:*", StringComparison.Ordinal)),
                    $"{statement}"
                )
        );

    [Theory]
    [MemberData(nameof(Template.All), MemberType = typeof(Template))]
    public void Nobody_is_given_a_policy_that_AWS_manages(string name) =>
        Assert.All(Template.Named(name).Of("AWS::IAM::Role"), role => Assert.Null(role.At("ManagedPolicyArns")));

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_Processor_may_make_the_calls_that_its_code_makes_and_no_others(string name)
    {
        var template = Template.Named(name);
        var roles = Program
            .In(template)
            .Where(program => program.IsProcessor)
            .Select(program => program.Of.Text("TaskRoleArn") ?? program.Of.Text("Role"))
            .ToHashSet();

        var allowed = Statement
            .In(template)
            .Where(statement =>
                statement.Of.At("Roles") is { } of
                && Expression
                    .TextsOf(of)
                    .Any(role => roles.Contains(role.Replace("}", ".Arn}", StringComparison.Ordinal)))
            )
            .SelectMany(statement => statement.Actions)
            .Where(action =>
                action.StartsWith("sqs:", StringComparison.Ordinal)
                || action.StartsWith("dynamodb:", StringComparison.Ordinal)
            )
            .Distinct()
            .ToHashSet();
        // A function's event source looks at the queue in the function's name.
        allowed.Remove("sqs:GetQueueAttributes");

        Assert.Equal(CallsOf("Processor", "GenesysApi").Order(), allowed.Order());
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_Ingestor_may_send_events_and_nothing_else(string name)
    {
        var template = Template.Named(name);

        var allowed = Statement
            .In(template)
            .Where(statement => statement.Of.Id.StartsWith("IngestorServiceRole", StringComparison.Ordinal))
            .Where(statement => statement.Actions.Any(action => action.StartsWith("sqs:", StringComparison.Ordinal)));

        Assert.All(
            allowed,
            statement =>
            {
                Assert.Equal(["sqs:SendMessage"], statement.Actions);
                Assert.Equal(["${EventsQueue.Arn}"], statement.Resources);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Operations_may_make_the_calls_that_its_code_makes(string name)
    {
        var template = Template.Named(name);
        if (!Program.In(template).Any(program => program.Name == "operations"))
        {
            return;
        }

        var allowed = Statement
            .In(template)
            .Where(statement => statement.Of.Id.StartsWith("OperationsServiceRole", StringComparison.Ordinal))
            .SelectMany(statement => statement.Actions)
            .ToHashSet();

        Assert.Subset(allowed, CallsOf("Operations", "GenesysApi").ToHashSet());
    }

    private static bool IsWild(string arn) => arn.Contains('*', StringComparison.Ordinal);

    /// <summary>Queues are configured by their URLs, so that nobody asks for them.</summary>
    private static IEnumerable<string> CallsOf(params string[] projects) =>
        projects
            .Where(project => Directory.Exists(Repository.PathOf(project)))
            .SelectMany(project =>
                Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file =>
                !file.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            )
            .SelectMany(file => Call().Matches(File.ReadAllText(file)))
            .Select(call => ActionOf(call.Groups["call"].Value))
            .Distinct();

    /// <summary>A batch of messages needs the right to a single one.</summary>
    private static string ActionOf(string call) =>
        call.EndsWith("Item", StringComparison.Ordinal) || call is "Query" or "Scan"
            ? $"dynamodb:{call}"
            : $"sqs:{call.Replace("Batch", "", StringComparison.Ordinal)}";

    /// <summary>A method of the SDK's client, or an operation that goes straight onto the wire.</summary>
    [GeneratedRegex(
        """(\.|const string Operation = ")(?<call>(Send|Receive|Delete)Message(Batch)?|ChangeMessageVisibility(Batch)?|(Batch(Write|Get)|Get|Put|Update|Delete)Item|Query|Scan)(Async\(|";)"""
    )]
    private static partial Regex Call();
}
