using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Tests.Running;

public sealed class CrashTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_project_that_is_killed_starts_again_on_its_own_port()
    {
        var builder = TestBuilder.Create(out var console);
        var web = builder.AddProject<Projects.Web_App_2>("web").WithHttpEndpoint().WithHttpHealthCheck("/health");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(web.GetEndpoint("http").Url) };
        var before = int.Parse(await client.GetStringAsync("/process", Cancellation), CultureInfo.InvariantCulture);

        var killed = app.ResourceNotifications.WaitForResourceAsync(
            "web",
            web => web.Snapshot.ExitCode is 137,
            Cancellation
        );

        using (var process = Process.GetProcessById(before))
        {
            process.Kill();
        }

        await killed;
        await console.LineAsync("web | crashed with exit code 137; starts again in 0.2 s.", Cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", Cancellation);
        var after = int.Parse(await client.GetStringAsync("/process", Cancellation), CultureInfo.InvariantCulture);
        Assert.NotEqual(before, after);
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_project_that_ends_as_it_should_starts_again_where_that_is_asked_for()
    {
        var builder = TestBuilder.Create(out var console, "--StandIn:RestartEndedProjects=true");
        var web = builder.AddProject<Projects.Web_App_2>("web").WithHttpEndpoint().WithHttpHealthCheck("/health");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(web.GetEndpoint("http").Url) };
        var before = await client.GetStringAsync("/process", Cancellation);

        using (var terminate = Process.Start("kill", ["-TERM", before]))
        {
            await terminate.WaitForExitAsync(Cancellation);
        }

        await console.LineAsync("web | ended with exit code 0; starts again in 0.2 s.", Cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", Cancellation);
        Assert.NotEqual(before, await client.GetStringAsync("/process", Cancellation));
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Starting_again_can_be_turned_off()
    {
        var builder = TestBuilder.Create(out _, "--StandIn:RestartCrashedProjects=false");
        var web = builder.AddProject<Projects.Web_App_2>("web").WithHttpEndpoint().WithHttpHealthCheck("/health");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        var crashed = await CrashAsync(
            web,
            app.ResourceNotifications.WaitForResourceAsync("web", HasEnded, Cancellation)
        );

        Assert.Equal(KnownResourceStates.Finished, crashed.Snapshot.State?.Text);
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_project_whose_end_somebody_waits_for_is_a_job_and_does_not_start_again()
    {
        var builder = TestBuilder.Create(out _);
        var web = builder.AddProject<Projects.Web_App_2>("web").WithHttpEndpoint().WithHttpHealthCheck("/health");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        var state = await CrashAsync(
            web,
            app.ResourceNotifications.WaitForResourceAsync("web", KnownResourceStates.TerminalStates, Cancellation)
        );

        Assert.Equal(KnownResourceStates.Finished, state);
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task An_executable_does_not_start_again()
    {
        var builder = TestBuilder.Create(out _);
        builder.AddNode("tool", "setTimeout(() => process.exit(5), 100)");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        var ended = await app.ResourceNotifications.WaitForResourceAsync("tool", HasEnded, Cancellation);

        Assert.Equal((KnownResourceStates.Finished, 5), (ended.Snapshot.State?.Text, ended.Snapshot.ExitCode));
        await app.StopAsync(Cancellation);
    }

    [Fact]
    public void The_pause_before_a_restart_doubles_up_to_ten_seconds()
    {
        var delay = new RestartDelay();

        var seconds = Enumerable.Range(0, 8).Select(_ => delay.AfterLifeOf(TimeSpan.Zero).TotalSeconds);

        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10], seconds);
    }

    [Fact]
    public void The_pause_is_short_again_after_a_life_of_half_a_minute()
    {
        var delay = new RestartDelay();
        delay.AfterLifeOf(TimeSpan.Zero);
        delay.AfterLifeOf(TimeSpan.Zero);

        var afterALongLife = delay.AfterLifeOf(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(0.2), afterALongLife);
        Assert.Equal(TimeSpan.FromSeconds(0.4), delay.AfterLifeOf(TimeSpan.Zero));
    }

    private static bool HasEnded(ResourceEvent resourceEvent) =>
        KnownResourceStates.TerminalStates.Contains(resourceEvent.Snapshot.State?.Text);

    private static async Task<T> CrashAsync<T>(IResourceBuilder<ProjectResource> web, Task<T> seen)
    {
        using var client = new HttpClient();
        try
        {
            await client.PostAsync($"{web.GetEndpoint("http").Url}/crash", content: null, Cancellation);
        }
        catch (HttpRequestException)
        {
            // It crashes before it answers.
        }

        return await seen;
    }
}
