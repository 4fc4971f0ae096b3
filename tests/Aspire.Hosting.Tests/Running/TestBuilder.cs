using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Tests.Running;

/// <summary>Small applications of small programs.</summary>
internal static class TestBuilder
{
    /// <summary>A test that takes longer than this hangs; the longest needs some ten seconds.</summary>
    public const int DeadlineMilliseconds = 90_000;

    /// <summary>Answers on its PORT: /health by 503 until /heal was called, and prints every other path.</summary>
    public const string Server = """
        let status = process.env.SICK ? 503 : 200;
        require('http').createServer((request, response) => {
          if (request.url === '/heal') status = 200;
          else if (request.url !== '/health') console.log('asked for ' + request.url);
          response.writeHead(status).end();
        }).listen(process.env.PORT, () => console.log('listening'));
        """;

    /// <summary>Runs until it is told to end.</summary>
    public const string Sleeper = "setInterval(() => {}, 1000); console.log('awake');";

    public static IDistributedApplicationBuilder Create(out ConsoleText console, params string[] args)
    {
        console = new ConsoleText();
        var builder = DistributedApplication.CreateBuilder(args);
        builder.Services.AddSingleton<TextWriter>(console);
        return builder;
    }

    public static IResourceBuilder<ExecutableResource> AddNode(
        this IDistributedApplicationBuilder builder,
        string name,
        string script
    ) => builder.AddExecutable(name, "node", ".", "-e", script);

    public static IResourceBuilder<ExecutableResource> AddServer(
        this IDistributedApplicationBuilder builder,
        string name
    ) => builder.AddNode(name, Server).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/health");

    public static string? StateOf(this DistributedApplication app, string resourceId) =>
        app.ResourceNotifications.TryGetCurrentState(resourceId, out var now) ? now.Snapshot.State?.Text : null;
}
