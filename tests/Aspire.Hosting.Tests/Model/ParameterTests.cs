namespace Aspire.Hosting.Tests.Model;

public sealed class ParameterTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_value_in_code_configuration_has_it()
    {
        _builder.Configuration["Parameters:client-id"] = "from configuration";

        var parameter = _builder.AddParameter("client-id");

        Assert.Equal("from configuration", await parameter.Resource.GetValueAsync(Cancellation));
    }

    [Fact]
    public async Task A_value_in_code_is_the_value_whatever_configuration_says()
    {
        _builder.Configuration["Parameters:client-id"] = "from configuration";

        var given = _builder.AddParameter("client-id", "from code");

        Assert.Equal("from code", await given.Resource.GetValueAsync(Cancellation));
    }

    [Fact]
    public async Task A_getter_in_code_is_asked_instead_of_configuration()
    {
        _builder.Configuration["Parameters:client-id"] = "from configuration";

        var got = _builder.AddParameter("client-id", () => "from code");

        Assert.Equal("from code", await got.Resource.GetValueAsync(Cancellation));
    }

    [Fact]
    public async Task A_parameter_reaches_the_environment_of_who_is_given_it()
    {
        var secret = _builder.AddParameter("secret", "open sesame", secret: true);
        var client = _builder
            .AddExecutable("client", "node", ".")
            .WithEnvironment("SECRET", secret)
            .WithEnvironment("HEADER", $"key={secret}");

        var environment = await Resolved.EnvironmentOf(client.Resource, Cancellation);

        Assert.Equal("open sesame", environment["SECRET"]);
        Assert.Equal("key=open sesame", environment["HEADER"]);
    }

    [Fact]
    public async Task A_parameter_without_a_value_says_which_one()
    {
        var parameter = _builder.AddParameter("client-id");

        var fault = await Assert.ThrowsAsync<MissingParameterValueException>(async () =>
            await parameter.Resource.GetValueAsync(Cancellation)
        );

        Assert.Contains("client-id", fault.Message, StringComparison.Ordinal);
    }
}
