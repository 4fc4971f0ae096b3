using System.Diagnostics;

namespace Aspire.Hosting.Tests.Running;

public sealed class HostProcessTests
{
    private static readonly string[] WithFamily = ["--Parameters:word=hello", $"--Script={Family.Script}"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Nobody_outlives_a_killed_AppHost_by_ten_seconds()
    {
        await using var host = HostProcess.Start(WithFamily);
        var child = await Family.ChildAsync(host.Console, Cancellation);
        var grandchild = await Family.GrandchildAsync(host.Console, Cancellation);

        host.Kill();
        var killed = Stopwatch.StartNew();
        await Family.GoneAsync(child, Cancellation);
        var drained = killed.Elapsed;
        await Family.GoneAsync(grandchild, Cancellation);

        Assert.InRange(drained, TimeSpan.Zero, TimeSpan.FromSeconds(5)); // It heeds SIGTERM, which comes first…
        Assert.InRange(killed.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10)); // …and the other one only SIGKILL.
    }

    [Theory(Timeout = TestBuilder.DeadlineMilliseconds)]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_to_the_AppHost_stops_everything_in_order(string signal)
    {
        await using var host = HostProcess.Start(WithFamily);
        var child = await Family.ChildAsync(host.Console, Cancellation);
        var grandchild = await Family.GrandchildAsync(host.Console, Cancellation);

        await host.SignalAsync(signal, Cancellation);

        Assert.Equal(0, await host.ExitCodeAsync(Cancellation));
        Assert.Contains("child | stopped with exit code 0.", host.Console.Lines);
        Assert.DoesNotContain("child | interrupted", host.Console.Lines);
        await Family.GoneAsync(child, Cancellation);
        await Family.GoneAsync(grandchild, Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task The_AppHosts_own_address_is_not_its_childrens()
    {
        const string script = "console.log(`urls: ${process.env.ASPNETCORE_URLS}, word: ${process.env.WORD}`);";
        await using var host = HostProcess.Start(
            ["--Parameters:word=hello", $"--Script={script}"],
            new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://localhost:15170" }
        );

        await host.Console.LineAsync("urls: undefined, word: hello", Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_start_that_fails_is_told_in_one_line()
    {
        await using var host = HostProcess.Start();

        Assert.Equal(1, await host.ExitCodeAsync(Cancellation));
        Assert.Equal(
            "error: Parameter 'word' has no value. Give it one: --Parameters:word=<value> on the command line, or the environment variable Parameters__word.",
            string.Join('\n', host.Errors.Lines).Trim()
        );
        Assert.DoesNotContain(host.Console.Lines, line => line.Length > 0);
    }
}
