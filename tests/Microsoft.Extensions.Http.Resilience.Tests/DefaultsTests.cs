using Polly;

namespace Microsoft.Extensions.Http.Resilience.Tests;

public sealed class DefaultsTests
{
    private readonly HttpStandardResilienceOptions _options = new();

    [Fact]
    public void A_thousand_requests_may_be_under_way_and_none_may_wait()
    {
        Assert.Equal(1000, _options.RateLimiter.DefaultRateLimiterOptions.PermitLimit);
        Assert.Equal(0, _options.RateLimiter.DefaultRateLimiterOptions.QueueLimit);
    }

    [Fact]
    public void A_request_may_take_thirty_seconds_and_an_attempt_ten()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), _options.TotalRequestTimeout.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(10), _options.AttemptTimeout.Timeout);
    }

    [Fact]
    public void Three_retries_start_at_two_seconds_and_grow_with_jitter()
    {
        Assert.Equal(3, _options.Retry.MaxRetryAttempts);
        Assert.Equal(TimeSpan.FromSeconds(2), _options.Retry.Delay);
        Assert.Equal(DelayBackoffType.Exponential, _options.Retry.BackoffType);
        Assert.True(_options.Retry.UseJitter);
        Assert.True(_options.Retry.ShouldRetryAfterHeader);
    }

    [Fact]
    public void The_breaker_opens_for_five_seconds_at_a_tenth_of_a_hundred_in_thirty_seconds()
    {
        Assert.Equal(0.1, _options.CircuitBreaker.FailureRatio);
        Assert.Equal(100, _options.CircuitBreaker.MinimumThroughput);
        Assert.Equal(TimeSpan.FromSeconds(30), _options.CircuitBreaker.SamplingDuration);
        Assert.Equal(TimeSpan.FromSeconds(5), _options.CircuitBreaker.BreakDuration);
    }
}
