using System.Net;
using GenesysApi.Budget;
using GenesysApi.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace GenesysApi;

/// <summary>
/// The one owner of time-outs and retries of a call: total time-out, retry, circuit breaker, attempt time-out; inside them the
/// token, and innermost the budget, so that each attempt pays for itself.
/// </summary>
internal static class GenesysHttp
{
    /// <summary>Calls that change nothing and may be sent again.</summary>
    public const string Reads = "genesys-reads";

    /// <summary>Calls with an effect: sent once.</summary>
    public const string Effects = "genesys-effects";

    /// <summary>A server that asks for more than this gets it from the queue, not from a caller who holds a slot.</summary>
    private static readonly TimeSpan RetryWaitMax = TimeSpan.FromSeconds(2);

    public static void AddGenesysHttp(this IServiceCollection services)
    {
        services.AddGenesysClient(Reads);
        services.AddGenesysClient(Effects);

        // No resilience handler: when to ask again is the token source's to decide.
        services.AddHttpClient(TokenEndpoint.HttpClientName).ConfigureHttpClient(NoTimeout);
    }

    /// <param name="resilience">What is to be configured.</param>
    /// <param name="name">Of the client: only <see cref="Reads"/> are sent again.</param>
    /// <param name="options">The time-outs.</param>
    /// <param name="budget">It hears of an open circuit.</param>
    /// <param name="random">For the jitter of the pauses.</param>
    internal static void Configure(
        HttpStandardResilienceOptions resilience,
        string name,
        GenesysOptions options,
        ApiBudget budget,
        Random random
    )
    {
        resilience.TotalRequestTimeout.Timeout = options.TotalTimeout;
        resilience.AttemptTimeout.Timeout = options.AttemptTimeout;

        resilience.Retry.MaxRetryAttempts = options.RetriesMax;
        resilience.Retry.Delay = TimeSpan.FromMilliseconds(300);
        resilience.Retry.BackoffType = DelayBackoffType.Exponential;
        resilience.Retry.UseJitter = true;
        resilience.Retry.Randomizer = random.NextDouble;
        resilience.Retry.ShouldHandle = arguments =>
            ValueTask.FromResult(name == Reads && IsWorthAnotherAttempt(arguments.Outcome));

        // 429 is the budget's business: it never opens the circuit, and an open circuit is a block for every replica.
        resilience.CircuitBreaker.SamplingDuration = options.AttemptTimeout * 6;
        resilience.CircuitBreaker.MinimumThroughput = 10;
        resilience.CircuitBreaker.FailureRatio = 0.5;
        resilience.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(15);
        resilience.CircuitBreaker.ShouldHandle = arguments => ValueTask.FromResult(IsServerFailure(arguments.Outcome));
        resilience.CircuitBreaker.OnOpened = async arguments =>
            await budget.BlockAsync(BudgetBlock.Everything, arguments.BreakDuration, "circuit", CancellationToken.None);
    }

    private static void AddGenesysClient(this IServiceCollection services, string name)
    {
        var http = services.AddHttpClient(name).ConfigureHttpClient(NoTimeout);
        http.AddStandardResilienceHandler()
            .Configure(
                (resilience, provider) =>
                    Configure(
                        resilience,
                        name,
                        provider.GetRequiredService<IOptions<GenesysOptions>>().Value,
                        provider.GetRequiredService<ApiBudget>(),
                        provider.GetRequiredService<Random>()
                    )
            );
        http.AddHttpMessageHandler(provider => ActivatorUtilities.CreateInstance<TokenHandler>(provider));
        http.AddHttpMessageHandler(provider => ActivatorUtilities.CreateInstance<BudgetHandler>(provider));
    }

    /// <summary>Server errors and lost connections, unless the server asks for a long wait.</summary>
    private static bool IsWorthAnotherAttempt(Outcome<HttpResponseMessage> outcome) =>
        IsServerFailure(outcome) && !(outcome.Result?.Headers.RetryAfter?.Delta > RetryWaitMax);

    private static bool IsServerFailure(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response
            ? response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout
            : HttpClientResiliencePredicates.IsTransient(outcome);

    private static void NoTimeout(HttpClient http) => http.Timeout = Timeout.InfiniteTimeSpan;
}
