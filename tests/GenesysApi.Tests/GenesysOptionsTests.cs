using GenesysApi.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GenesysApi.Tests;

public sealed class GenesysOptionsTests
{
    [Fact]
    public void All_faults_are_named_at_once()
    {
        var options = Bind(
            ("ClientId", "client"),
            ("RequestsPerMinute", "20"),
            ("ReservePerMinute", "15"),
            ("Replicas", "10"),
            ("AttemptTimeout", "00:00:30")
        );

        var failures = Assert.Throws<OptionsValidationException>(() => options.Value).Failures.ToList();

        Assert.Contains(failures, failure => failure.Contains("ApiBaseAddress", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("LoginBaseAddress", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("ClientSecret", StringComparison.Ordinal));
        Assert.Contains(
            failures,
            failure => failure.Contains("shorter than Genesys:TotalTimeout", StringComparison.Ordinal)
        );
        Assert.Contains(failures, failure => failure.Contains("leave half", StringComparison.Ordinal));
        Assert.Contains(
            failures,
            failure => failure.Contains("three times Genesys:Replicas", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_secret_is_bound_from_a_string_and_does_not_print_itself()
    {
        var options = Bind(
            ("ApiBaseAddress", "https://api.test"),
            ("LoginBaseAddress", "https://login.test"),
            ("ClientId", "client"),
            ("ClientSecret", "s3cret")
        );

        Assert.Equal("s3cret", options.Value.ClientSecret!.Reveal());
        Assert.Equal("(redacted)", $"{options.Value.ClientSecret}");
    }

    [Fact]
    public void Two_features_that_ask_for_the_client_share_one()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());

        builder.AddGenesysApi().AddGenesysApi();

        Assert.Single(builder.Services, service => service.ServiceType == typeof(IGenesysApi));
        Assert.Single(builder.Services, service => service.ServiceType == typeof(TokenSource));
    }

    private static IOptions<GenesysOptions> Bind(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create<string, string?>($"Genesys:{setting.Key}", setting.Value))
        );
        builder.AddGenesysApi();
        return builder.Services.BuildServiceProvider().GetRequiredService<IOptions<GenesysOptions>>();
    }
}
