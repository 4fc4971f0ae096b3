using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Testing;

namespace Microsoft.Extensions.Http.Resilience.Tests;

public sealed class ConfigurationTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData("AttemptTimeout:Timeout", "00:00:31", "00:00:31")]
    [InlineData("CircuitBreaker:SamplingDuration", "00:00:19", "00:00:19")]
    [InlineData("Retry:MaxRetryAttempts", "0", "MaxRetryAttempts")]
    [InlineData("CircuitBreaker:FailureRatio", "1.5", "FailureRatio")]
    [InlineData("TotalRequestTimeout:Timeout", "00:00:00", "Timeout")]
    public void Options_that_cannot_work_are_refused_with_the_reason(string key, string value, string reason)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read(key, value));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_just_work_are_taken()
    {
        Assert.Equal(
            TimeSpan.FromSeconds(20),
            Read("CircuitBreaker:SamplingDuration", "00:00:20").CircuitBreaker.SamplingDuration
        );
        Assert.Equal(
            TimeSpan.FromSeconds(10),
            Read("TotalRequestTimeout:Timeout", "00:00:10").TotalRequestTimeout.Timeout
        );
    }

    [Fact]
    public void A_key_that_means_nothing_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => Read("Retries:Max", "3"));
    }

    [Fact]
    public void A_section_that_is_not_there_is_refused()
    {
        var builder = new ServiceCollection().AddHttpClient("test");

        Assert.Throws<ArgumentException>(() => builder.AddStandardResilienceHandler(Section([])));
    }

    [Fact]
    public void Options_can_be_configured_with_the_services()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock);
        var pipeline = services
            .AddHttpClient("test")
            .AddStandardResilienceHandler()
            .Configure(
                (options, provider) =>
                    options.Retry.MaxRetryAttempts = provider.GetRequiredService<TimeProvider>() == _clock ? 9 : 1
            );

        var options = services
            .BuildServiceProvider()
            .GetRequiredService<IOptionsMonitor<HttpStandardResilienceOptions>>();

        Assert.Equal(9, options.Get(pipeline.PipelineName).Retry.MaxRetryAttempts);
    }

    [Fact]
    public async Task A_client_can_have_another_pipeline_than_the_default_instead_of_one_more()
    {
        var server = CannedServer.ThatAnswers(_clock, HttpStatusCode.ServiceUnavailable);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock);
        services.ConfigureHttpClientDefaults(client => client.AddStandardResilienceHandler());
        services
            .AddHttpClient("test")
            .ConfigurePrimaryHttpMessageHandler(() => server)
            .RemoveAllResilienceHandlers()
            .AddStandardResilienceHandler(options => options.Retry.DisableFor(HttpMethod.Get));
        var client = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("test");

        await client.GetAsync(Client.Address, TestContext.Current.CancellationToken);

        Assert.Equal(1, server.Calls);
    }

    private static HttpStandardResilienceOptions Read(string key, string value)
    {
        var services = new ServiceCollection();
        var pipeline = services.AddHttpClient("test").AddStandardResilienceHandler(Section(new() { [key] = value }));
        return services
            .BuildServiceProvider()
            .GetRequiredService<IOptionsMonitor<HttpStandardResilienceOptions>>()
            .Get(pipeline.PipelineName);
    }

    private static IConfigurationSection Section(Dictionary<string, string?> values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.ToDictionary(pair => $"Http:{pair.Key}", pair => pair.Value))
            .Build()
            .GetSection("Http");
}
