using Polly;

namespace Microsoft.Extensions.Http.Resilience.Internal;

/// <summary>Sends a request through its pipeline, as often as the pipeline wants it sent.</summary>
internal sealed class ResilienceHandler(ResiliencePipeline<HttpResponseMessage> pipeline) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.SetRequestMessage(request);
        try
        {
            var outcome = await pipeline
                .ExecuteOutcomeAsync(
                    static async (context, attempt) => await attempt.Handler.TrySendAsync(attempt.Request, context),
                    context,
                    (Handler: this, Request: request)
                )
                .ConfigureAwait(context.ContinueOnCapturedContext);

            outcome.ThrowIfException();
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Outcome<HttpResponseMessage>> TrySendAsync(
        HttpRequestMessage request,
        ResilienceContext context
    )
    {
        try
        {
            return Outcome.FromResult(
                await base.SendAsync(request, context.CancellationToken)
                    .ConfigureAwait(context.ContinueOnCapturedContext)
            );
        }
        catch (Exception exception)
        {
            // It is the pipeline that decides what an exception means.
            return Outcome.FromException<HttpResponseMessage>(exception);
        }
    }
}
