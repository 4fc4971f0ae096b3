using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly;
using Polly.RateLimiting;

namespace Microsoft.Extensions.Http.Resilience.Internal;

/// <summary>One pipeline for each name, for as long as the process lives: handlers come and go, what the breaker has seen must stay.</summary>
internal sealed class StandardPipelines(
    IServiceProvider services,
    IOptionsMonitor<HttpStandardResilienceOptions> options
) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<StandardPipeline>> _pipelines = new(StringComparer.Ordinal);

    public ResiliencePipeline<HttpResponseMessage> Get(string name) =>
        _pipelines.GetOrAdd(name, _ => new Lazy<StandardPipeline>(() => Create(options.Get(name)))).Value.Pipeline;

    public void Dispose()
    {
        foreach (var pipeline in _pipelines.Values.Where(pipeline => pipeline.IsValueCreated))
        {
            pipeline.Value.Limiter.Dispose();
        }
    }

    private StandardPipeline Create(HttpStandardResilienceOptions options)
    {
        var limiter = new ConcurrencyLimiter(options.RateLimiter.DefaultRateLimiterOptions);
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage>
        {
            TimeProvider = services.GetService<TimeProvider>(),
        };
        builder
            .AddStrategy(_ => new RateLimiterStrategy(limiter), options.RateLimiter)
            .AddTimeout(options.TotalRequestTimeout)
            .AddRetry(options.Retry)
            .AddCircuitBreaker(options.CircuitBreaker)
            .AddTimeout(options.AttemptTimeout);

        return new StandardPipeline(builder.Build(), limiter);
    }

    private sealed record StandardPipeline(ResiliencePipeline<HttpResponseMessage> Pipeline, RateLimiter Limiter);
}
