using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Tokens;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace Simulation.Genesys;

/// <summary>
/// The HTTP clients of one process: the handlers of production in their order, on a simulated connection. What the container does
/// in a service is done here by hand, because three containers cost more than a whole run.
/// </summary>
internal sealed class SimulatedHttp(
    HttpMessageHandler connection,
    IOptions<GenesysOptions> options,
    GenesysApiMetrics metrics,
    TimeProvider time,
    Random random
) : IHttpClientFactory
{
    private readonly Dictionary<string, Doorway> _doorways = [];
    private ApiBudget? _budget;
    private TokenSource? _tokens;

    /// <summary>The tokens come by HTTP too, so they are told after this is made.</summary>
    public void Use(ApiBudget budget, TokenSource tokens) => (_budget, _tokens) = (budget, tokens);

    public HttpClient CreateClient(string name)
    {
        if (!_doorways.TryGetValue(name, out var doorway))
        {
            var handler = name == TokenEndpoint.HttpClientName ? connection : CreateHandler(name);
            _doorways[name] = doorway = new Doorway { InnerHandler = handler };
        }

        return new HttpClient(doorway, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private PipelineHandler CreateHandler(string name)
    {
        var resilience = new HttpStandardResilienceOptions();
        GenesysHttp.Configure(resilience, name, options.Value, _budget!, random);

        // Polly tells of an open circuit on a thread of its own, outside this world: here whoever opened it tells.
        var opened = resilience.CircuitBreaker.OnOpened!;
        resilience.CircuitBreaker.OnOpened = null;
        resilience.CircuitBreaker.StateProvider = new CircuitBreakerStateProvider();
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddTimeout(resilience.TotalRequestTimeout)
            .AddRetry(resilience.Retry)
            .AddCircuitBreaker(resilience.CircuitBreaker)
            .AddTimeout(resilience.AttemptTimeout)
            .Build();

        return new PipelineHandler(pipeline, resilience.CircuitBreaker, opened)
        {
            InnerHandler = new TokenHandler(_tokens!, time)
            {
                InnerHandler = new BudgetHandler(_budget!, metrics, options, time) { InnerHandler = connection },
            },
        };
    }

    /// <summary>What the standard resilience handler does, in the caller's context.</summary>
    private sealed class PipelineHandler(
        ResiliencePipeline<HttpResponseMessage> pipeline,
        HttpCircuitBreakerStrategyOptions circuit,
        Func<OnCircuitOpenedArguments<HttpResponseMessage>, ValueTask> opened
    ) : DelegatingHandler
    {
        private bool _wasOpen;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
            try
            {
                return await pipeline.ExecuteAsync(
                    async context => await base.SendAsync(request, context.CancellationToken),
                    context
                );
            }
            finally
            {
                var isOpen = circuit.StateProvider!.CircuitState == CircuitState.Open;
                var hasJustOpened = isOpen && !_wasOpen;
                _wasOpen = isOpen;
                if (hasJustOpened)
                {
                    await opened(new(context, default, circuit.BreakDuration, isManual: false));
                }

                ResilienceContextPool.Shared.Return(context);
            }
        }
    }

    /// <summary>
    /// <see cref="HttpClient"/> goes on wherever its handler ends, but on the thread pool when there is a context at that place. So the
    /// answer is handed to it where there is none, and its caller is back in this world.
    /// </summary>
    private sealed class Doorway : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var answer = new TaskCompletionSource<HttpResponseMessage>();
            _ = ForwardAsync(request, answer, cancellationToken);
            return answer.Task;
        }

        private async Task ForwardAsync(
            HttpRequestMessage request,
            TaskCompletionSource<HttpResponseMessage> answer,
            CancellationToken cancellationToken
        )
        {
            var sending = base.SendAsync(request, cancellationToken);
            await ((Task)sending).ConfigureAwait(
                ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing
            );

            var world = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                answer.SetFromTask(sending);
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(world);
            }
        }
    }
}
