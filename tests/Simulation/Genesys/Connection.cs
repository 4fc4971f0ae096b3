using System.Net;
using GenesysApi.Calls;
using Processor.Effects;
using Processor.Testing.World;
using Simulation.Tables;
using Testing;

namespace Simulation.Genesys;

/// <summary>The line from one process to the platform.</summary>
/// <param name="sender">The process' name.</param>
/// <param name="time">The process' own.</param>
/// <param name="attemptTimeout">What one attempt may take.</param>
/// <param name="departed">Hears of each call of the API when it leaves, at the world's time.</param>
/// <param name="told">Hears of the limit in each answer that reaches the process.</param>
internal sealed class Connection(
    string sender,
    SimulatedWorld world,
    SimulatedPlatform platform,
    Lifeline life,
    TimeProvider time,
    TimeSpan attemptTimeout,
    Action<TimeSpan> departed,
    Action<int> told
) : HttpMessageHandler
{
    /// <summary>What an effect may take, from when its claim was asked for.</summary>
    private static readonly TimeSpan EffectTimeout = new EffectsOptions().HandlerTimeout;

    /// <summary>A call with an effect left with less than half of its time: served in good time, it would be in doubt all the same.</summary>
    public bool HasSentLate { get; private set; }

    /// <summary>A call with an effect left when the time of its claim was over, and another could have it.</summary>
    public bool HasSentOverdue { get; private set; }

    /// <summary>When the process last woke from standing still, by the world's clock.</summary>
    public DateTimeOffset? WokeAt { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var asked = await PlatformRequest.ReadAsync(request, sender);
        var operation = asked.IsLogin ? "TokenAsync" : "ApiAsync";
        life.Watch?.Asks(operation);
        if (!asked.IsLogin)
        {
            departed(world.Elapsed);
            var trace = CallTrace.Of(request);
            HasSentLate |= trace.HasEffect && time.GetElapsedTime(trace.AttemptBegan) > attemptTimeout / 2;
            HasSentOverdue |=
                trace.HasEffect && world.Time.GetUtcNow() - EffectRun.Current?.Claim?.AskedAt > EffectTimeout;
        }

        var decidedAt = world.Time.GetUtcNow();
        await life.PassAsync();
        var (claim, leftAt) = (EffectRun.Current?.Claim, world.Time.GetUtcNow());
        asked.Claim = claim;
        asked.SleptSinceDecided = WokeAt > decidedAt && claim?.LeaseUntil < leftAt;
        asked.LookedAt = claim?.Tries.LookedAt;
        asked.TriedAt = claim?.Tries.TriedBefore(claim);
        Action nothingDone = () => { };

        HttpResponseMessage heard;
        try
        {
            var answer = await Asking.AskAsync(
                () =>
                {
                    if (asked is { Attribute: not null, SleptSinceDecided: false } && claim is not null)
                    {
                        nothingDone = claim.Tries.Leaves(claim, leftAt);
                    }

                    return platform.ServeAsync(asked);
                },
                cancellationToken
            );
            if (answer.Response is { } response)
            {
                if (answer.Allowed is { } allowed)
                {
                    told(allowed);
                }

                response.RequestMessage = request;
                heard = response;
            }
            else
            {
                if (answer.Error == HttpRequestError.ConnectionError)
                {
                    nothingDone();
                }

                throw new HttpRequestException(answer.Error);
            }
        }
        finally
        {
            life.Watch?.Hears(operation);
            await life.PassAsync();
        }

        if (SaysNothingDone(heard.StatusCode))
        {
            nothingDone();
        }

        if (asked is { Conversation: not null, Attribute: null } && heard.IsSuccessStatusCode)
        {
            claim?.Tries.Looked(leftAt);
        }

        return heard;
    }

    /// <summary>Of the server errors, only 503 does.</summary>
    private static bool SaysNothingDone(HttpStatusCode status) =>
        status
            is >= HttpStatusCode.BadRequest
                and < HttpStatusCode.InternalServerError
                or HttpStatusCode.ServiceUnavailable;
}
