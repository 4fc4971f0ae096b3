using System.Net;
using GenesysApi.Calls;
using Microsoft.Extensions.Options;

namespace GenesysApi.Budget;

/// <summary>
/// The innermost handler: each HTTP attempt takes a permit, whoever wanted the attempt, and each answer corrects the budget. The
/// body is read here, within the attempt's time-out and bound.
/// </summary>
internal sealed class BudgetHandler(
    ApiBudget budget,
    GenesysApiMetrics metrics,
    IOptions<GenesysOptions> options,
    TimeProvider time
) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var trace = CallTrace.Of(request);
        trace.Withheld = null;
        switch (await budget.TakeAsync(trace.Class, trace.Endpoint, cancellationToken))
        {
            case Permit.Empty empty:
                return trace.Withhold(request, new Withheld(empty.Until, Permit.Empty.Reason, "budget"));
            case Permit.Blocked blocked:
                return trace.Withhold(request, new Withheld(blocked.Until, Permit.Blocked.Reason, blocked.By));
        }

        if (time.GetUtcNow() >= trace.NotAfter)
        {
            return trace.Withhold(request, new Withheld(time.GetUtcNow(), "its time is over", "caller"));
        }

        if (trace.HasEffect && time.GetElapsedTime(trace.AttemptBegan) > options.Value.AttemptTimeout / 2)
        {
            // The wait for token and permit used the time for the answer up: sent now, a call that is served in good time would end
            // as a time-out, and nobody would know that it was done.
            return trace.Withhold(request, new Withheld(time.GetUtcNow(), "waited too long", "budget"));
        }

        trace.Sent = true;
        var response = await SendAndReadAsync(request, trace, cancellationToken);
        if (RateHeaders.From(response.Headers) is { } headers)
        {
            budget.Note(trace.Endpoint, headers);
        }

        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            trace.Withheld = await BlockAsync(trace.Endpoint, response, cancellationToken);
        }

        return response;
    }

    private async Task<HttpResponseMessage> SendAndReadAsync(
        HttpRequestMessage request,
        CallTrace trace,
        CancellationToken cancellationToken
    )
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(options.Value.ResponseBytesMax, cancellationToken);
            var read = response;
            response = null;
            metrics.Requested(trace.Endpoint, (int)read.StatusCode);
            return read;
        }
        catch (Exception) when (CountUnanswered(trace.Endpoint))
        {
            throw;
        }
        finally
        {
            response?.Dispose();
        }
    }

    private bool CountUnanswered(string endpoint)
    {
        metrics.Requested(endpoint, status: null);
        return false;
    }

    private async Task<Withheld> BlockAsync(
        string endpoint,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var body = await ErrorBody.ReadAsync(response.Content, cancellationToken);
        var headers = RateHeaders.From(response.Headers);
        var wait = RetryAfter.From(response.Headers, time.GetUtcNow()) ?? body?.WaitInMessage() ?? headers?.Reset;
        var scope = LimitScope.CountsEveryCall(body?.Limit, headers) ? BudgetBlock.Everything : endpoint;
        var by = body?.Limit?.Key is { Length: > 0 and <= 100 } key ? key : "429";

        var until = await budget.BlockAsync(scope, wait, by, cancellationToken);
        return new Withheld(until, "rate limited", by);
    }
}
