using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Http.Resilience.Internal;

namespace Microsoft.Extensions.DependencyInjection;

public static class ResilienceHttpClientBuilderExtensions
{
    public static IHttpStandardResiliencePipelineBuilder AddStandardResilienceHandler(
        this IHttpClientBuilder builder,
        IConfigurationSection section
    ) => builder.AddStandardResilienceHandler().Configure(section);

    public static IHttpStandardResiliencePipelineBuilder AddStandardResilienceHandler(
        this IHttpClientBuilder builder,
        Action<HttpStandardResilienceOptions> configure
    ) => builder.AddStandardResilienceHandler().Configure(configure);

    public static IHttpStandardResiliencePipelineBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // The defaults for all clients have no name: they share one pipeline, as they do with the real package.
        var pipelineName = $"{builder.Name}-standard";
        builder
            .Services.AddOptionsWithValidateOnStart<HttpStandardResilienceOptions, StandardOptionsValidator>(
                pipelineName
            )
            .Services.AddOptionsWithValidateOnStart<HttpStandardResilienceOptions, StandardOptionsTogetherValidator>(
                pipelineName
            );
        builder.Services.TryAddSingleton<StandardPipelines>();
        builder.AddHttpMessageHandler(services => new ResilienceHandler(
            services.GetRequiredService<StandardPipelines>().Get(pipelineName)
        ));

        return new StandardPipelineBuilder(pipelineName, builder.Services);
    }

    /// <summary>For a client that is to have another pipeline than <c>ConfigureHttpClientDefaults</c> gave it, not one more.</summary>
    [Experimental("EXTEXP0001")]
    public static IHttpClientBuilder RemoveAllResilienceHandlers(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.ConfigureAdditionalHttpMessageHandlers(
            static (handlers, _) =>
            {
                foreach (var handler in handlers.OfType<ResilienceHandler>().ToList())
                {
                    handlers.Remove(handler);
                }
            }
        );
    }

    private sealed record StandardPipelineBuilder(string PipelineName, IServiceCollection Services)
        : IHttpStandardResiliencePipelineBuilder;
}
