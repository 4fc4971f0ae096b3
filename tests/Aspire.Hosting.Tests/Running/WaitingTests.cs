using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Tests.Running;

public sealed class WaitingTests
{
    private readonly ConsoleText _console;
    private readonly IDistributedApplicationBuilder _builder;

    public WaitingTests() => _builder = TestBuilder.Create(out _console);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Who_waits_for_a_resource_starts_when_it_is_healthy()
    {
        var server = _builder.AddServer("server").WithEnvironment("SICK", "yes");
        _builder.AddNode("client", TestBuilder.Sleeper).WaitFor(server);
        await using var app = _builder.Build();

        var starting = app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceAsync(
            "server",
            server => server.Snapshot.HealthStatus is HealthStatus.Unhealthy,
            Cancellation
        );
        Assert.Equal(KnownResourceStates.Waiting, app.StateOf("client"));

        await _console.LineAsync("listening", Cancellation);
        await HealAsync(server.GetEndpoint("http").Url);
        await starting;

        Assert.Equal(KnownResourceStates.Running, app.StateOf("client"));
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Every_replica_is_asked_for_its_own_health_and_all_are_waited_for()
    {
        var web = _builder
            .AddProject<Projects.Web_App_2>("web")
            .WithHttpEndpoint()
            .WithReplicas(2)
            .WithHttpHealthCheck("/health")
            .WithEnvironment("SICK", "service.instance.id=2");
        _builder.AddNode("client", TestBuilder.Sleeper).WaitFor(web);
        await using var app = _builder.Build();

        var starting = app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceAsync(
            "web-1",
            web => web.Snapshot.HealthStatus is HealthStatus.Healthy,
            Cancellation
        );
        await _console.LineAsync("web-2  | listening", Cancellation);
        Assert.Equal(KnownResourceStates.Waiting, app.StateOf("client"));

        Assert.True(app.ResourceNotifications.TryGetCurrentState("web-2", out var sick));
        await HealAsync(sick.Snapshot.Urls.Single().Url);
        await starting;

        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Who_waits_for_the_start_alone_does_not_wait_for_health()
    {
        var server = _builder.AddServer("server").WithEnvironment("SICK", "yes");
        _builder.AddNode("client", TestBuilder.Sleeper).WaitForStart(server);
        await using var app = _builder.Build();

        var starting = app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceAsync("client", KnownResourceStates.Running, Cancellation);

        Assert.False(starting.IsCompleted);
        await _console.LineAsync("listening", Cancellation);
        await HealAsync(server.GetEndpoint("http").Url);
        await starting;
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Who_waits_for_completion_starts_when_the_other_has_ended()
    {
        var job = _builder.AddNode("job", "setTimeout(() => process.exit(3), 200)");
        _builder.AddNode("client", TestBuilder.Sleeper).WaitForCompletion(job, exitCode: 3);
        await using var app = _builder.Build();

        await app.StartAsync(Cancellation);

        var ended = await app.ResourceNotifications.WaitForResourceAsync(
            "job",
            job => job.Snapshot.ExitCode is not null,
            Cancellation
        );
        Assert.Equal(3, ended.Snapshot.ExitCode);
        Assert.Equal(KnownResourceStates.Finished, app.StateOf("job"));
        Assert.Equal(KnownResourceStates.Running, app.StateOf("client"));
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Who_waits_for_a_resource_also_waits_for_what_its_readiness_sets_off()
    {
        var seeded = new TaskCompletionSource();
        var server = _builder.AddServer("server").OnResourceReady((_, _, _) => seeded.Task);
        var clientStarts = new TaskCompletionSource<bool>();
        _builder
            .AddNode("client", TestBuilder.Sleeper)
            .WaitFor(server)
            .OnBeforeResourceStarted(
                (_, _, _) =>
                {
                    clientStarts.TrySetResult(seeded.Task.IsCompleted);
                    return Task.CompletedTask;
                }
            );
        await using var app = _builder.Build();

        var starting = app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceAsync(
            "server",
            server => server.Snapshot.HealthStatus is HealthStatus.Healthy,
            Cancellation
        );
        seeded.SetResult();
        await starting;

        Assert.True(await clientStarts.Task);
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Everything_is_told_when_all_of_it_is_ready()
    {
        string? serverWas = null;
        _builder.AddServer("server");
        DistributedApplication? app = null;
        _builder.Eventing.Subscribe<AfterResourcesCreatedEvent>(
            (_, _) =>
            {
                serverWas = app!.StateOf("server");
                return Task.CompletedTask;
            }
        );
        await using (app = _builder.Build())
        {
            await app.StartAsync(Cancellation);

            Assert.Equal(KnownResourceStates.Running, serverWas);
            await app.StopAsync(Cancellation);
        }
    }

    private static async Task HealAsync(string url)
    {
        using var client = new HttpClient();
        await client.PostAsync($"{url}/heal", content: null, Cancellation);
    }
}
