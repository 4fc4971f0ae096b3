using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Deploy.Tests.Redriving;

public sealed partial class DefinitionTests
{
    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void What_is_deployed_is_the_file_that_is_tested(string name) =>
        Assert.All(
            Template.Named(name).Of("AWS::StepFunctions::StateMachine"),
            machine =>
            {
                Assert.Equal(StateMachine.Text, machine.Text("DefinitionString"));
                Assert.Equal(
                    Placeholder()
                        .Matches(StateMachine.Text)
                        .Select(match => match.Groups["name"].Value)
                        .Distinct()
                        .Order(),
                    machine.Properties["DefinitionSubstitutions"]!.AsObject().Select(member => member.Key).Order()
                );
            }
        );

    [Fact]
    public void Every_task_is_tried_again_with_back_off_and_jitter_and_then_caught() =>
        Assert.All(
            StateMachine.States.Where(state => (string)state.State["Type"]! == "Task"),
            task =>
            {
                Assert.NotNull(task.State["Catch"]);
                Assert.All(
                    task.State["Retry"]!.AsArray(),
                    retry =>
                    {
                        Assert.Equal("FULL", (string)retry!["JitterStrategy"]!);
                        Assert.True((double)retry["BackoffRate"]! > 1);
                        Assert.InRange((double)retry["MaxAttempts"]!, 1, 10);
                        Assert.InRange((double)retry["MaxDelaySeconds"]!, 1, 300);
                    }
                );
            }
        );

    [Fact]
    public void Every_state_can_be_reached_and_every_way_leads_to_a_state()
    {
        foreach (var machine in new[] { StateMachine.Whole, StateMachine.Groups })
        {
            var states = machine["States"]!.AsObject();
            var reached = new HashSet<string>();
            var open = new Queue<string>([(string)machine["StartAt"]!]);
            while (open.TryDequeue(out var name))
            {
                if (reached.Add(name))
                {
                    foreach (var next in StateMachine.NextOf(states[name]!.AsObject()))
                    {
                        open.Enqueue(next);
                    }
                }
            }

            Assert.Equal(states.Select(state => state.Key).Order(), reached.Order());
        }
    }

    /// <summary>Without the counters a circle would be endless; with one of them taken away there must be none left.</summary>
    [Fact]
    public void Every_loop_goes_through_a_counter_that_ends_it()
    {
        string[] counters = ["CountCheck", "Sum"];
        var states = StateMachine.Groups["States"]!.AsObject();

        Assert.False(HasCircle(states, without: counters));
        Assert.False(HasCircle(StateMachine.Whole["States"]!.AsObject(), without: []));
        Assert.Contains("checksMax", states["Verdict"]!.ToJsonString());
        Assert.Contains("$.steps", states["AnotherStep"]!.ToJsonString());
        Assert.InRange((double)StateMachine.Whole["TimeoutSeconds"]!, 1, 86_400);
    }

    private static bool HasCircle(JsonObject states, string[] without)
    {
        var left = states.Select(state => state.Key).Except(without).ToHashSet();
        while (
            left.FirstOrDefault(name => !StateMachine.NextOf(states[name]!.AsObject()).Any(left.Contains)) is { } end
        )
        {
            left.Remove(end);
        }

        return left.Count > 0;
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)\}")]
    private static partial Regex Placeholder();
}
