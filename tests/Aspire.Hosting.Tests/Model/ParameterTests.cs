namespace Aspire.Hosting.Tests.Model;

public sealed class ParameterTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_value_in_code_is_the_default()
    {
        var parameter = _builder.AddParameter("client-id", "from code");

        Assert.Equal("from code", await parameter.Resource.GetValueAsync(Cancellation));
    }

    [Fact]
    public async Task Configuration_wins_over_code()
    {
        _builder.Configuration["Parameters:client-id"] = "from configuration";

        var parameter = _builder.AddParameter("client-id", () => "from code");

        Assert.Equal("from configuration", await parameter.Resource.GetValueAsync(Cancellation));
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
