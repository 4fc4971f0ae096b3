using GenesysMock.Faults;
using GenesysMock.Limits;
using GenesysMock.Publishing;
using GenesysMock.Truth;

namespace GenesysMock.Gate;

/// <summary>What every request to the API goes through before it is answered, in this order.</summary>
internal sealed class ApiGate(
    RequestDelegate next,
    BearerToken bearer,
    RateLimits limits,
    FaultInjector faults,
    FaultPlayer player,
    Refusal refusal,
    ApiTruth truth,
    MockMetrics metrics
)
{
    // request.bytes.max of the namespace platform.api.
    public const int RequestBytesMax = 512_000;

    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = EndpointOf(context);
        context.Response.Headers.WritePlatform();
        await player.DelayAsync(context, faults.Delay(endpoint));

        var answered = await AnswerAsync(context, endpoint);

        truth.Asked(endpoint, StatusOf(context), answered);
        metrics.Asked(answered);
    }

    private async Task<Answered> AnswerAsync(HttpContext context, string endpoint)
    {
        var (token, unauthorized) = bearer.Read(context.Request);

        // A token that is worth nothing any more still has its window; one that never was has none.
        var admission = token is null ? null : limits.Admit(token, endpoint);
        if (admission is not null)
        {
            context.Response.Headers.WriteWindow(admission.Window);
        }

        if (unauthorized is not null)
        {
            await context.AnswerAsync(unauthorized);
            return Answered.Unauthorized;
        }

        if (admission is Admission.Refused refused)
        {
            await refusal.AnswerAsync(context, refused);
            return Answered.Refused;
        }

        if (faults.Next(endpoint) is { } fault)
        {
            if (fault.Kind is FaultKind.Unauthorized)
            {
                token?.Revoke();
            }

            if (fault.Kind is FaultKind.Lost)
            {
                context.Response.Body = Stream.Null;
                await next(context);
            }

            await player.PlayAsync(context, fault);
            return Answered.Faulted;
        }

        if (context.Request.ContentLength > RequestBytesMax)
        {
            await context.AnswerAsync(ApiError.TooLarge(RequestBytesMax));
            return Answered.Ordinarily;
        }

        await next(context);
        return Answered.Ordinarily;
    }

    /// <summary>0 where there was no answer.</summary>
    private static int StatusOf(HttpContext context) =>
        context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;

    private static string EndpointOf(HttpContext context)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path;
        return $"{context.Request.Method} {route}";
    }
}
