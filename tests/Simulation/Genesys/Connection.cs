using GenesysApi.Calls;
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
    /// <summary>A call with an effect left with less than half of its time: served in good time, it would be in doubt all the same.</summary>
    public bool HasSentLate { get; private set; }

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
        }

        var decidedAt = world.Time.GetUtcNow();
        await life.PassAsync();
        asked.Claim = EffectRun.Current?.Claim;
        asked.SleptSinceDecided = WokeAt > decidedAt;

        try
        {
            var answer = await Asking.AskAsync(() => platform.ServeAsync(asked), cancellationToken);
            if (answer.Response is { } response)
            {
                if (answer.Allowed is { } allowed)
                {
                    told(allowed);
                }

                response.RequestMessage = request;
                return response;
            }

            throw new HttpRequestException(answer.Error);
        }
        finally
        {
            life.Watch?.Hears(operation);
            await life.PassAsync();
        }
    }
}
