namespace Aspire.Hosting.Tests.Model;

public sealed class LateValueTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_interpolated_string_is_put_together_when_ports_are_known()
    {
        var server = _builder.AddExecutable("server", "node", ".").WithHttpEndpoint();
        var client = _builder
            .AddExecutable("client", "node", ".")
            .WithEnvironment("TARGET", $"{server.GetEndpoint("http")}/events");

        server.GetEndpoint("http").Allocate(port: 4711);

        Assert.Equal(
            "http://localhost:4711/events",
            (await Resolved.EnvironmentOf(client.Resource, Cancellation))["TARGET"]
        );
    }

    [Fact]
    public async Task Braces_in_an_interpolated_string_stay_braces()
    {
        var server = _builder.AddExecutable("server", "node", ".").WithHttpEndpoint();
        var client = _builder
            .AddExecutable("client", "node", ".")
            .WithEnvironment("RULE", $$"""{ "url": "{{server.GetEndpoint("http")}}" }""");

        server.GetEndpoint("http").Allocate(port: 4711);

        var environment = await Resolved.EnvironmentOf(client.Resource, Cancellation);
        Assert.Equal("""{ "url": "http://localhost:4711" }""", environment["RULE"]);
    }

    [Fact]
    public async Task An_endpoint_can_be_asked_for_its_parts()
    {
        var server = _builder.AddExecutable("server", "node", ".").WithHttpEndpoint(name: "admin");
        var endpoint = server.GetEndpoint("admin");

        endpoint.Allocate(port: 4711);

        Assert.Equal("4711", await endpoint.Property(EndpointProperty.Port).GetValueAsync(Cancellation));
        Assert.Equal(
            "localhost:4711",
            await endpoint.Property(EndpointProperty.HostAndPort).GetValueAsync(Cancellation)
        );
        Assert.Equal("{server.bindings.admin.port}", endpoint.Property(EndpointProperty.Port).ValueExpression);
    }

    [Fact]
    public void An_endpoint_has_no_address_before_the_start()
    {
        var server = _builder.AddExecutable("server", "node", ".").WithHttpEndpoint();

        Assert.Throws<InvalidOperationException>(() => server.GetEndpoint("http").Url);
    }

    [Fact]
    public void An_endpoint_that_nobody_defined_says_so()
    {
        var server = _builder.AddExecutable("server", "node", ".");

        var fault = Assert.Throws<InvalidOperationException>(() => server.GetEndpoint("http").Scheme);

        Assert.Contains("`http` is not defined for the resource `server`", fault.Message, StringComparison.Ordinal);
    }
}
