using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using GenesysApi.Calls;

namespace GenesysApi.Tokens;

/// <summary>Gives each request the token, and one more chance with a new one if the token is refused.</summary>
internal sealed class TokenHandler(TokenSource tokens, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        CallTrace.Of(request).AttemptBegan = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await tokens.GetAsync(cancellationToken);
            if (outcome is not TokenOutcome.Issued { Token: var token })
            {
                return CallTrace.Of(request).Withhold(request, WhyNot(outcome));
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value.Reveal());
            var response = await base.SendAsync(request, cancellationToken);
            if (CallTrace.Of(request).Withheld is not null)
            {
                return response;
            }

            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                tokens.Accepted(token);
                return response;
            }

            tokens.Refused(token);
            if (attempt == 2)
            {
                return response;
            }

            // Refused is not done: what is in doubt from here on is the next try alone.
            CallTrace.Of(request).Sent = false;
            response.Dispose();
        }
    }

    private static Withheld WhyNot(TokenOutcome outcome) =>
        outcome switch
        {
            TokenOutcome.Throttled throttled => new Withheld(throttled.Until, "no token: throttled", "token"),
            TokenOutcome.Refused refused => new Withheld(refused.Until, $"no token: {refused.Code}", "token"),
            TokenOutcome.Unavailable unavailable => new Withheld(
                unavailable.Until,
                $"no token: {unavailable.Reason}",
                "token"
            ),
            _ => throw new UnreachableException($"{outcome.GetType()}"),
        };
}
