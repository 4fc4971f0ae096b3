using System.Text.Json.Nodes;
using static Deploy.Tests.Redriving.Scenario;

namespace Deploy.Tests.Redriving;

public sealed class StateMachineTests(Interpreter interpreter) : IClassFixture<Interpreter>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>By what they show; together they go every way the machine has.</summary>
    private static Dictionary<string, Func<Scenario>> Scenarios { get; } =
        new()
        {
            ["nothing to do"] = () => new Scenario().WithGroups(),
            ["drained"] = () => new Scenario().WhereOperationsAnswers("redrive", Taken(1), Taken(2), Taken(0)),
            ["ramp done"] = () => new Scenario(),
            ["failing"] = () =>
                new Scenario().WhereOperationsAnswers("check", Done(failedAgain: 0), Done(failedAgain: 1, percent: 50)),
            ["failing while pending"] = () => new Scenario().WhereOperationsAnswers("check", Pending(4, percent: 21)),
            ["undecided"] = () => new Scenario().WhereOperationsAnswers("check", Pending(1)),
            ["left to a person"] = () =>
                new Scenario().WithGroups(
                    AGroup("not-json", "poison"),
                    AGroup("effect-rejected", "permanent"),
                    AGroup("payload-differs", "transient"),
                    AGroup("table-refused", "transient"),
                    AGroup("new-one", "of-a-new-class")
                ),
            ["no reason known"] = () => new Scenario().WithGroups(AGroup("moved-by-sqs", "unknown")),
            ["busy for a while"] = () =>
                new Scenario()
                    .WhereOperationsAnswers("redrive", Throws("OperationsBusy"), Taken(1), Taken(0))
                    .WhereOperationsAnswers("check", Throws("States.Timeout"), Done(failedAgain: 0)),
            ["redrive refused"] = () => new Scenario().WhereOperationsAnswers("redrive", Throws("OperationsRefused")),
            ["check refused"] = () => new Scenario().WhereOperationsAnswers("check", Throws("OperationsRefused")),
            ["away"] = () => new Scenario().WhereOperationsAnswers("describe", Throws("OperationsBusy")),
            ["cannot cancel"] = () =>
                new Scenario()
                    .WhereOperationsAnswers("check", Done(failedAgain: 1, percent: 100))
                    .WhereOperationsAnswers("cancel", Throws("OperationsBusy")),
            ["nobody to tell"] = () => new Scenario().WhereOperationsAnswers("publish", Throws("SNS.InternalError")),
            ["away and nobody to tell"] = () =>
                new Scenario()
                    .WhereOperationsAnswers("describe", Throws("OperationsBusy"))
                    .WhereOperationsAnswers("publish", Throws("SNS.InternalError")),
        };

    [Fact]
    public async Task Every_state_is_entered_in_one_of_the_scenarios()
    {
        var entered = new HashSet<string>();
        foreach (var scenario in Scenarios.Values)
        {
            entered.UnionWith((await interpreter.RunAsync(scenario(), Cancel)).Entered);
        }

        Assert.Equal(StateMachine.States.Select(state => state.Name).Order(), entered.Order());
    }

    [Fact]
    public async Task Without_dead_letters_it_ends_at_once_and_tells_nobody()
    {
        var run = await RunAsync("nothing to do");

        Assert.True(run.Succeeded);
        Assert.Empty(run.Calls("redrive"));
        Assert.Empty(run.Told);
    }

    [Fact]
    public async Task A_group_is_brought_back_in_growing_steps_that_begin_with_one_message()
    {
        var run = await RunAsync("ramp done");

        Assert.Equal([1, 2, 5, 10, 25, 50, 100, 250, 500], run.Calls("redrive").Select(call => (int)call["count"]!));
        Assert.Equal("more", (string)run.Result["outcome"]!);
    }

    [Fact]
    public async Task It_ends_when_no_message_of_the_group_is_left()
    {
        var run = await RunAsync("drained");

        Assert.Equal(3, run.Calls("redrive").Count);
        Assert.Equal("drained", (string)run.Result["outcome"]!);
        Assert.Equal(3, (int)run.Result["moved"]!);
        Assert.Equal(["Dead letters were redriven"], run.Told);
    }

    [Fact]
    public async Task Every_step_has_a_name_of_its_own_and_stays_within_rate_and_budget()
    {
        var run = await RunAsync("drained");

        Assert.Equal(["run-0-0", "run-0-1", "run-0-2"], run.Calls("redrive").Select(call => (string)call["request"]!));
        Assert.All(
            run.Calls("redrive"),
            call =>
            {
                Assert.Equal(5, (int)call["ratePerSecond"]!);
                Assert.Equal(20, (int)call["budgetSharePercent"]!);
                Assert.Equal(20, (int)call["stopAtPercent"]!);
            }
        );
    }

    [Fact]
    public async Task It_stops_and_takes_back_what_was_not_sent_when_too_many_fail_again()
    {
        var run = await RunAsync("failing");

        Assert.Equal(2, run.Calls("redrive").Count);
        Assert.Single(run.Calls("cancel"));
        Assert.Equal("stopped", (string)run.Result["outcome"]!);
        Assert.Equal("too many failed again", (string)run.Result["why"]!);
    }

    [Fact]
    public async Task It_does_not_wait_for_the_rest_when_enough_have_failed()
    {
        var run = await RunAsync("failing while pending");

        Assert.Single(run.Calls("check"));
        Assert.Equal("stopped", (string)run.Result["outcome"]!);
    }

    [Fact]
    public async Task It_stops_when_the_budget_does_not_let_a_step_end()
    {
        var run = await RunAsync("undecided");

        Assert.Single(run.Calls("redrive"));
        Assert.Equal(10, run.Calls("check").Count);
        Assert.Single(run.Calls("cancel"));
        Assert.Equal("stopped", (string)run.Result["outcome"]!);
    }

    [Fact]
    public async Task What_cannot_heal_is_left_to_a_person()
    {
        var run = await RunAsync("left to a person");

        Assert.Empty(run.Calls("redrive"));
        Assert.Equal(5, run.Results.Count);
        Assert.All(run.Results, result => Assert.Equal("left", (string)result["outcome"]!));
    }

    [Fact]
    public async Task What_SQS_moved_without_a_reason_is_tried()
    {
        var run = await RunAsync("no reason known");

        Assert.NotEmpty(run.Calls("redrive"));
    }

    [Fact]
    public async Task An_operation_that_is_busy_is_asked_again_under_the_same_name()
    {
        var run = await RunAsync("busy for a while");

        Assert.Equal(["run-0-0", "run-0-0", "run-0-1"], run.Calls("redrive").Select(call => (string)call["request"]!));
        Assert.Equal("drained", (string)run.Result["outcome"]!);
    }

    [Theory]
    [InlineData("redrive refused", 0)]
    [InlineData("check refused", 1)]
    public async Task A_group_that_Operations_refuses_is_broken_and_the_others_go_on(string scenario, int cancelled)
    {
        var run = await interpreter.RunAsync(
            Scenarios[scenario]().WithGroups(AGroup("table-throttled", "transient"), AGroup("not-json", "poison")),
            Cancel
        );

        Assert.Equal(["broken", "left"], run.Results.Select(result => (string)result["outcome"]!));
        Assert.Equal("OperationsRefused", (string)run.Results[0]["why"]!);
        Assert.Equal(cancelled, run.Calls("cancel").Count);
    }

    [Fact]
    public async Task When_Operations_stays_away_it_fails_and_says_so()
    {
        var run = await RunAsync("away");

        Assert.Equal("RedriveFailed", run.Error);
        Assert.Equal(6, run.Calls("describe").Count);
        Assert.Equal(["The redrive of dead letters failed"], run.Told);
    }

    [Fact]
    public async Task A_stop_that_cannot_be_carried_out_is_a_stop_all_the_same()
    {
        var run = await RunAsync("cannot cancel");

        Assert.Equal(4, run.Calls("cancel").Count);
        Assert.Equal("stopped", (string)run.Result["outcome"]!);
    }

    [Fact]
    public async Task When_nobody_can_be_told_it_fails_so_that_the_alarm_does()
    {
        var run = await RunAsync("nobody to tell");

        Assert.Equal("NotTold", run.Error);
    }

    [Fact]
    public async Task Limits_can_be_set_for_one_execution()
    {
        var run = await interpreter.RunAsync(
            new Scenario().WithInput("ramp", new JsonArray(3, 7)).WithInput("ratePerSecond", 1),
            Cancel
        );

        Assert.Equal([3, 7], run.Calls("redrive").Select(call => (int)call["count"]!));
        Assert.All(run.Calls("redrive"), call => Assert.Equal(1, (int)call["ratePerSecond"]!));
        Assert.All(run.Calls("redrive"), call => Assert.Equal(20, (int)call["budgetSharePercent"]!));
    }

    private Task<Execution> RunAsync(string scenario) => interpreter.RunAsync(Scenarios[scenario](), Cancel);
}
