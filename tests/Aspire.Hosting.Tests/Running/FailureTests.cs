using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Tests.Running;

/// <summary>A start that fails says which resource, why, and what to do.</summary>
public sealed class FailureTests
{
    private readonly IDistributedApplicationBuilder _builder = TestBuilder.Create(out _);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_port_that_is_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        _builder.AddNode("server", TestBuilder.Server).WithHttpEndpoint(port: port);

        var message = await MessageAsync();

        Assert.Equal(
            $"Resource 'server' cannot start: port {port}, which its endpoint 'http' asks for, is in use. "
                + $"End the program that uses it (lsof -i :{port} names it), or ask for another port.",
            message
        );
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_program_that_is_not_there()
    {
        _builder.AddExecutable("tool", "no-such-program", ".");

        Assert.Equal(
            "Resource 'tool' cannot start: there is no program 'no-such-program'. Install it and have it in PATH, or give its full path.",
            await MessageAsync()
        );
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_project_that_is_not_built()
    {
        var folder = Directory.CreateTempSubdirectory();
        var project = Path.Combine(folder.FullName, "Unbuilt.csproj");
        await File.WriteAllTextAsync(project, "<Project />", Cancellation);
        _builder.AddProject("unbuilt", project);

        var message = await MessageAsync();
        folder.Delete(recursive: true);

        Assert.StartsWith("Resource 'unbuilt' cannot start: ", message, StringComparison.Ordinal);
        Assert.EndsWith(
            $"Unbuilt.dll is not built. Build it: dotnet build {project}",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_process_that_ends_before_it_is_healthy()
    {
        _builder
            .AddNode(
                "server",
                "console.error('cannot open the file'); console.error('    at open (file.js:1)'); process.exit(4);"
            )
            .WithHttpEndpoint(env: "PORT")
            .WithHttpHealthCheck("/health");

        Assert.Equal(
            "Resource 'server' failed to start: it ended with exit code 4 before it was healthy. It said last: cannot open the file",
            await MessageAsync()
        );
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_process_that_does_not_become_healthy()
    {
        // Long enough for the process to listen, on a busy machine too.
        _builder.Configuration["StandIn:StartTimeout"] = "00:00:05";
        var server = _builder.AddServer("server").WithEnvironment("SICK", "yes");

        var message = await MessageAsync();

        Assert.Equal(
            $"Resource 'server' failed to start: not healthy after 5 s, {server.GetEndpoint("http").Url}/health answers 503, not 200. "
                + "It said last: listening",
            message
        );
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_job_that_ends_with_another_exit_code_than_expected()
    {
        var job = _builder.AddNode("job", "console.log('the template is broken'); process.exit(2);");
        _builder.AddNode("client", TestBuilder.Sleeper).WaitForCompletion(job);

        Assert.Equal(
            "Resource 'client' cannot start: 'job', which it waits for, ended with exit code 2, not 0. It said last: the template is broken",
            await MessageAsync()
        );
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Resources_that_wait_for_each_other()
    {
        var first = _builder.AddNode("first", TestBuilder.Sleeper);
        var second = _builder.AddNode("second", TestBuilder.Sleeper).WaitFor(first);
        first.WaitForStart(second);

        Assert.Equal("Nothing can start first: 'first' waits for 'second' waits for 'first'.", await MessageAsync());
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task All_parameters_that_are_missing()
    {
        _builder.AddParameter("client-id");
        _builder.AddParameter("client-secret", secret: true);

        var lines = (await MessageAsync()).Split(Environment.NewLine);

        Assert.Equal(2, lines.Length);
        Assert.Contains("--Parameters:client-id=", lines[0], StringComparison.Ordinal);
        Assert.Contains("Parameters__client_secret", lines[1], StringComparison.Ordinal);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_fixed_port_for_several_replicas()
    {
        _builder.AddProject<Projects.Web_App_2>("web").WithHttpEndpoint(targetPort: 8080).WithReplicas(2);

        Assert.StartsWith(
            "Endpoint 'http' of resource 'web' fixes the port its 2 replicas listen on.",
            await MessageAsync(),
            StringComparison.Ordinal
        );
    }

    private async Task<string> MessageAsync()
    {
        await using var app = _builder.Build();
        var fault = await Assert.ThrowsAnyAsync<DistributedApplicationException>(() => app.StartAsync(Cancellation));
        return fault.Message;
    }
}
