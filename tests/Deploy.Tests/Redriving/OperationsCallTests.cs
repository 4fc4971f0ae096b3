using System.Text.Json.Nodes;
using Testing;

namespace Deploy.Tests.Redriving;

/// <summary>The function between the state machine and Operations' HTTP API.</summary>
public sealed class OperationsCallTests(OperationsCallTests.Function function)
    : IClassFixture<OperationsCallTests.Function>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"operation":"describe"}""", "GET", "/api/dead-letters/groups", null)]
    [InlineData("""{"operation":"check","redrive":"a/b"}""", "GET", "/api/redrives/a%2Fb", null)]
    [InlineData("""{"operation":"cancel","redrive":"r-1"}""", "POST", "/api/redrives/r-1/cancel", null)]
    [InlineData(
        """{"operation":"redrive","request":"run-0-0","reason":"x","count":1}""",
        "POST",
        "/api/redrives",
        """{"request":"run-0-0","reason":"x","count":1}"""
    )]
    public async Task An_operation_is_a_request(string task, string method, string path, string? body)
    {
        var call = await function.CallAsync(task, """[{"status":200,"body":{"taken":1}}]""", Cancel);

        var sent = Assert.Single(call["sent"]!.AsArray());
        Assert.Equal(method, (string)sent!["method"]!);
        Assert.Equal($"http://operations{path}", (string)sent["url"]!);
        Assert.True(JsonNode.DeepEquals(body is null ? null : JsonNode.Parse(body), sent["body"]));
        Assert.Equal(1, (int)call["result"]!["taken"]!);
    }

    [Theory]
    [InlineData("""{"status":429}""", "OperationsBusy")]
    [InlineData("""{"status":503}""", "OperationsBusy")]
    [InlineData("""{"throws":"TimeoutError"}""", "OperationsBusy")]
    [InlineData("""{"status":409}""", "OperationsRefused")]
    public async Task What_may_heal_and_what_does_not_have_different_names(string answer, string error)
    {
        var call = await function.CallAsync("""{"operation":"describe"}""", $"[{answer}]", Cancel);

        Assert.Equal(error, (string?)call["error"]);
        Assert.Contains(error == "OperationsBusy" ? error : "States.ALL", StateMachine.Text);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_read_anew_once()
    {
        var call = await function.CallAsync(
            """{"operation":"describe"}""",
            """[{"status":401},{"status":401}]""",
            Cancel
        );

        Assert.Equal(
            ["Bearer token-1", "Bearer token-2"],
            call["sent"]!.AsArray().Select(sent => (string)sent!["token"]!)
        );
        Assert.Equal("OperationsRefused", (string?)call["error"]);
    }

    [Fact]
    public async Task An_answer_without_a_body_is_an_answer()
    {
        var call = await function.CallAsync(
            """{"operation":"cancel","redrive":"r-1"}""",
            """[{"status":204}]""",
            Cancel
        );

        Assert.NotNull(call["result"]);
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void What_is_deployed_is_the_file_that_is_tested(string name) =>
        Assert.All(
            Template
                .Named(name)
                .Of("AWS::Lambda::Function")
                .Where(deployed => deployed.At("Code", "ZipFile") is not null),
            deployed => Assert.Equal(File.ReadAllText(Function.Source), deployed.Text("Code", "ZipFile"))
        );

    public sealed class Function() : LineProgram("call/run.mjs", Source)
    {
        public static readonly string Source = Repository.PathOf("Deploy", "Redriving", "operations-call.js");

        internal Task<JsonObject> CallAsync(string task, string answers, CancellationToken cancellationToken) =>
            AskAsync(
                new JsonObject { ["task"] = JsonNode.Parse(task), ["answers"] = JsonNode.Parse(answers) },
                cancellationToken
            );
    }
}
