using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Processor.Processing;

namespace Processor.Tests.Processing;

public sealed class ProcessingFeatureTests
{
    [Fact]
    public void A_process_takes_events_from_the_queue() => Assert.Equal(["EventLoopHost"], Hosted());

    [Fact]
    public void A_process_leaves_the_events_to_another_when_told_so() =>
        Assert.Empty(Hosted(("Receiving:Enabled", "false")));

    [Fact]
    public void A_function_is_given_its_events_by_Lambda() =>
        Assert.Equal(["LambdaLoop"], Hosted(("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001")));

    private static IEnumerable<string?> Hosted(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))
        );

        builder.AddProcessing();

        return builder
            .Services.Where(service => service.ServiceType == typeof(IHostedService))
            .Select(service => service.ImplementationType?.Name);
    }
}
