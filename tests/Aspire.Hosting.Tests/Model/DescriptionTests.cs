namespace Aspire.Hosting.Tests.Model;

public sealed class DescriptionTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();

    [Fact]
    public void An_endpoint_is_named_after_its_scheme_unless_it_has_a_name()
    {
        var server = _builder
            .AddExecutable("server", "node", ".")
            .WithHttpEndpoint()
            .WithHttpEndpoint(name: "login", env: "LOGIN_PORT");

        Assert.Equal(
            ["http", "login"],
            server.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Name)
        );
    }

    [Fact]
    public void Two_endpoints_of_one_name_are_refused()
    {
        var server = _builder.AddExecutable("server", "node", ".").WithHttpEndpoint();

        Assert.Throws<DistributedApplicationException>(() => server.WithHttpEndpoint());
    }

    [Fact]
    public void Two_resources_of_one_name_are_refused()
    {
        _builder.AddExecutable("server", "node", ".");

        Assert.Throws<DistributedApplicationException>(() => _builder.AddExecutable("Server", "node", "."));
    }

    [Fact]
    public void Http_endpoints_can_be_marked_as_external()
    {
        var server = _builder
            .AddExecutable("server", "node", ".")
            .WithHttpEndpoint()
            .WithEndpoint(name: "raw", scheme: "tcp")
            .WithExternalHttpEndpoints();

        Assert.True(server.GetEndpoint("http").EndpointAnnotation.IsExternal);
        Assert.False(server.GetEndpoint("raw").EndpointAnnotation.IsExternal);
    }

    [Fact]
    public void The_application_runs_unless_it_is_told_to_publish()
    {
        Assert.True(_builder.ExecutionContext.IsRunMode);
        Assert.False(_builder.ExecutionContext.IsPublishMode);
    }
}
