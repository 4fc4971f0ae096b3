using System.Net.Http.Json;

namespace Aspire.Hosting.Tests.Running;

public sealed class StartingTests
{
    private readonly IDistributedApplicationBuilder _builder = TestBuilder.Create(out _);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Every_replica_has_a_port_of_its_own_and_a_reference_names_them_all()
    {
        var web = _builder
            .AddProject<Projects.Web_App_2>("web")
            .WithHttpEndpoint()
            .WithReplicas(2)
            .WithHttpHealthCheck("/health");
        var other = _builder
            .AddProject<Projects.Web_App_2>("other")
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithReference(web)
            .WaitFor(web);
        await using var app = _builder.Build();

        await app.StartAsync(Cancellation);

        var (first, second) = (await UrlAsync(app, "web-1"), await UrlAsync(app, "web-2"));
        Assert.NotEqual(first, second);
        Assert.NotEqual(await ProcessAsync(first), await ProcessAsync(second));
        var asked = other.GetEndpoint("http").Url;
        Assert.Equal(first, await VariableAsync(asked, "services__web__http__0"));
        Assert.Equal(second, await VariableAsync(asked, "services__web__http__1"));
        Assert.Equal(first, await VariableAsync(asked, "WEB_HTTP"));
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_project_is_told_what_the_real_Aspire_tells_it()
    {
        _builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317";
        var web = _builder
            .AddProject<Projects.Web_App_2>("web")
            .WithHttpEndpoint()
            .WithHttpEndpoint(name: "login", env: "LOGIN_PORT")
            .WithHttpHealthCheck("/health");
        await using var app = _builder.Build();

        await app.StartAsync(Cancellation);

        var url = web.GetEndpoint("http").Url;
        Assert.Equal(url, await VariableAsync(url, "ASPNETCORE_URLS"));
        Assert.Equal($"{web.GetEndpoint("login").Port}", await VariableAsync(url, "LOGIN_PORT"));
        Assert.Equal("Development", await VariableAsync(url, "ASPNETCORE_ENVIRONMENT"));
        Assert.Equal("web", await VariableAsync(url, "OTEL_SERVICE_NAME"));
        Assert.Equal("service.instance.id=1", await VariableAsync(url, "OTEL_RESOURCE_ATTRIBUTES"));
        Assert.Equal("http://localhost:4317", await VariableAsync(url, "OTEL_EXPORTER_OTLP_ENDPOINT"));
        await app.StopAsync(Cancellation);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_project_can_be_named_by_its_path()
    {
        var web = _builder
            .AddProject("web", "Fixtures/Web.App-2/Web.App-2.csproj")
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithArgs("--Word=from the arguments")
            .WithUrlForEndpoint("http", url => url.DisplayText = "The page")
            .WithUrl("https://example.com/help", "Help");
        await using var app = _builder.Build();

        await app.StartAsync(Cancellation);

        Assert.True(app.ResourceNotifications.TryGetCurrentState("web", out var now));
        Assert.Equal(
            [web.GetEndpoint("http").Url, "https://example.com/help"],
            now.Snapshot.Urls.Select(url => url.Url)
        );
        Assert.Equal(["The page", "Help"], now.Snapshot.Urls.Select(url => url.DisplayProperties.DisplayName));
        await app.StopAsync(Cancellation);
    }

    private static async Task<string> UrlAsync(DistributedApplication app, string resourceId)
    {
        var healthy = await app.ResourceNotifications.WaitForResourceHealthyAsync(resourceId, Cancellation);
        return healthy.Snapshot.Urls.Single().Url;
    }

    private static async Task<int> ProcessAsync(string url)
    {
        using var client = new HttpClient();
        return await client.GetFromJsonAsync<int>($"{url}/process", Cancellation);
    }

    private static async Task<string> VariableAsync(string url, string name)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync($"{url}/variables/{name}", Cancellation);
    }
}
