using System.Net;
using GenesysApi.Tests.Simulated;
using Simulation.Coverage;
using Simulation.Histories;
using Simulation.Tables;
using Testing;

namespace Simulation.Genesys;

/// <summary>
/// Genesys Cloud as the processes meet it: tokens, limits, conversations and attributes, with faults by rate. What it holds is the
/// truth about effects, whatever its callers believe.
/// </summary>
internal sealed class SimulatedPlatform
{
    /// <summary>No answer comes within any time-out of ours.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(3);

    /// <summary>How no token comes, by the names that they are counted under.</summary>
    public static readonly string[] TokenFailures = ["400", "500", "429", "without an answer"];

    private readonly SimulatedWorld _world;
    private readonly FaultCoverage _coverage;
    private readonly HashSet<string> _tokens = [];
    private readonly Dictionary<string, DateTimeOffset> _toldFrom = [];
    private int _tokensIssued;
    private bool _askedForHours;

    public SimulatedPlatform(SimulatedWorld world, Rates rates, FaultCoverage coverage)
    {
        (_world, Rates, _coverage) = (world, rates, coverage);
        Limiter = new ServerModel { AllowedAt = _ => Allowed };
    }

    /// <summary>Null when all goes well.</summary>
    public Rates? Rates { get; set; }

    public bool IsAway { get; set; }

    public const int AllowedByDefault = 300;

    /// <summary>What the platform itself allows in a minute; the configuration may say less, or not know that it is less now.</summary>
    public int Allowed { get; set; } = AllowedByDefault;

    public ServerModel Limiter { get; }

    /// <summary>Each write that happened, by conversation and participant.</summary>
    public Dictionary<(string Conversation, string Participant), List<AttributeWrite>> Writes { get; } = [];

    public Action<string> Trace { get; init; } = _ => { };

    public void RevokeTokens() => _tokens.Clear();

    /// <summary>The request was read before it left: who asked may give up and take it along.</summary>
    public async Task<PlatformAnswer> ServeAsync(PlatformRequest request)
    {
        var fault = Choose(request);
        if (fault != PlatformFault.None)
        {
            _coverage.Met($"api {fault}", request.IsLogin ? Stage.Token : Stage.Api);
            Trace($"the platform meets {request.Name} with {fault}");
        }

        await TravelAsync();
        switch (fault)
        {
            case PlatformFault.Unreachable:
                return PlatformAnswer.Refused;
            case PlatformFault.Late:
                await WaitAsync((Rates?.LateMax ?? TimeSpan.Zero) * _world.Random.NextDouble());
                break;
        }

        var answer = request.IsLogin ? Login(fault) : Call(request, fault);
        await TravelAsync();
        switch (fault)
        {
            case PlatformFault.ConnectionLost:
                return PlatformAnswer.Lost;
            case PlatformFault.Silence:
                await WaitAsync(Never);
                return PlatformAnswer.Lost;
            default:
                return answer;
        }
    }

    private PlatformFault Choose(PlatformRequest request)
    {
        if (IsAway)
        {
            return request.IsLogin ? PlatformFault.TokenFailure : PlatformFault.ServerError;
        }

        if (Rates is not { } rates)
        {
            return PlatformFault.None;
        }

        var drawn = _world.Random.NextDouble();
        if (request.IsLogin)
        {
            return drawn < rates.TokenFailure ? PlatformFault.TokenFailure : PlatformFault.None;
        }

        foreach (var (fault, rate) in rates.OfCalls)
        {
            if ((drawn -= rate) < 0)
            {
                return fault;
            }
        }

        return PlatformFault.None;
    }

    private PlatformAnswer Login(PlatformFault fault)
    {
        if (fault == PlatformFault.TokenFailure)
        {
            var form = _world.Random.Next(TokenFailures.Length);
            _coverage.Met($"token {TokenFailures[form]}", Stage.Token);
            return form switch
            {
                0 => PlatformAnswer.Of(
                    HttpStatusCode.BadRequest,
                    """{"error":"invalid_request","error_description":"Rate limit exceeded"}"""
                ),
                1 => PlatformAnswer.Of(HttpStatusCode.InternalServerError, "<html>"),
                2 => PlatformAnswer.Of(HttpStatusCode.TooManyRequests, "{}").With("Retry-After", "3"),
                _ => PlatformAnswer.Lost,
            };
        }

        var token = $"token-{++_tokensIssued}";
        _tokens.Add(token);
        return PlatformAnswer.Of(
            HttpStatusCode.OK,
            $$"""{"access_token":"{{token}}","token_type":"bearer","expires_in":86400}"""
        );
    }

    private PlatformAnswer Call(PlatformRequest request, PlatformFault fault)
    {
        if (fault == PlatformFault.Unauthorized)
        {
            _tokens.Remove(request.Token);
        }

        if (!_tokens.Contains(request.Token))
        {
            return PlatformAnswer.Of(
                HttpStatusCode.Unauthorized,
                """{"status":401,"code":"authentication.required"}"""
            );
        }

        var (accepted, headers) = Limiter.Call(request.Token, _world.Elapsed);
        var answer =
            !accepted ? PlatformRefusals.OfLimit(headers)
            : fault == PlatformFault.Throttled ? Refused()
            : fault == PlatformFault.ServerError ? Failed(request)
            : Answer(request, fault);
        return answer.With(headers);
    }

    private PlatformAnswer Refused()
    {
        var (answer, form) = PlatformRefusals.Some(_world, AsksForHours());
        _coverage.Met($"api {form}", Stage.Api);
        return answer;
    }

    /// <summary>Once in a run: two such waits in a row would show nothing more.</summary>
    private bool AsksForHours()
    {
        var asks = Rates?.ForHours == true && !_askedForHours;
        _askedForHours |= asks;
        return asks;
    }

    /// <summary>Of the server errors, only 503 says that nothing was done.</summary>
    private PlatformAnswer Failed(PlatformRequest request)
    {
        var status = _world.Random.Next(4);
        var hasEffect = status == 0 && request.Attribute is not null;
        _coverage.Met(hasEffect ? "api 5xx after the effect" : "api 5xx without effect", Stage.Api);
        if (hasEffect)
        {
            Answer(request, PlatformFault.None);
        }

        return PlatformAnswer.Of(
            status switch
            {
                0 => HttpStatusCode.GatewayTimeout,
                1 => HttpStatusCode.InternalServerError,
                2 => HttpStatusCode.BadGateway,
                _ => HttpStatusCode.ServiceUnavailable,
            },
            "<html>"
        );
    }

    private PlatformAnswer Answer(PlatformRequest request, PlatformFault fault)
    {
        if (request.Attribute is { } attribute)
        {
            if (!Writes.TryGetValue((request.Conversation!, request.Participant!), out var writes))
            {
                Writes[(request.Conversation!, request.Participant!)] = writes = [];
            }

            Trace($"the platform writes {attribute} for {request.Sender}");
            writes.Add(
                new AttributeWrite(attribute, request.Sender, request.Claim, request.SleptSinceDecided)
                {
                    LookedAt = request.LookedAt,
                    TriedAt = request.TriedAt,
                    LandedAt = _world.Time.GetUtcNow(),
                }
            );
            return PlatformAnswer.Of(HttpStatusCode.NoContent, "");
        }

        if (request.Conversation is { } conversation)
        {
            return fault == PlatformFault.NotFound
                ? PlatformAnswer.Of(HttpStatusCode.NotFound, """{"status":404,"code":"not.found"}""")
                : PlatformAnswer.Of(HttpStatusCode.OK, ConversationOf(conversation));
        }

        return fault == PlatformFault.Garbage
            ? PlatformAnswer.Of(HttpStatusCode.OK, """{"conversations":[{"conversationId":""")
            : PlatformAnswer.Of(HttpStatusCode.OK, DetailsOf(request.Ids));
    }

    private string ConversationOf(string conversation)
    {
        var participants = Writes
            .Where(writes => writes.Key.Conversation == conversation)
            .Select(writes =>
                $$"""{"attributes":{"eventStore.recorded":"{{writes.Value[^1].Value}}"},"id":"{{writes.Key.Participant}}"}"""
            );
        return $$"""{"id":"{{conversation}}","participants":[{{string.Join(',', participants)}}]}""";
    }

    /// <summary>Analytics lags: what was asked for the first time may be told of some seconds later.</summary>
    private string DetailsOf(IEnumerable<string> ids)
    {
        var now = _world.Time.GetUtcNow();
        var told = new List<string>();
        foreach (var id in ids)
        {
            if (!_toldFrom.TryGetValue(id, out var from))
            {
                var lags = Rates is not null && _world.Random.Next(4) == 0;
                _toldFrom[id] = from = lags ? now + TimeSpan.FromSeconds(_world.Random.Next(1, 15)) : now;
            }

            if (from <= now)
            {
                told.Add(
                    $$"""{"conversationId":"{{id}}","conversationStart":"2026-03-19T14:00:00.000Z","conversationEnd":"2026-03-19T14:03:00.000Z","originatingDirection":"inbound","participants":[]}"""
                );
            }
        }

        return $$"""{"conversations":[{{string.Join(',', told)}}],"totalHits":{{told.Count}}}""";
    }

    private Task TravelAsync() => WaitAsync((Rates?.LatencyMax ?? TimeSpan.Zero) * _world.Random.NextDouble());

    private async Task WaitAsync(TimeSpan wait)
    {
        if (wait < TimeSpan.FromMilliseconds(1))
        {
            await Task.Yield();
        }
        else
        {
            await Task.Delay(wait, _world.Time, CancellationToken.None);
        }
    }
}

/// <param name="Value">The event key that was written.</param>
/// <param name="Sender">The process.</param>
/// <param name="Claim">Under which it was sent; null of a write without one.</param>
/// <param name="SleptSinceDecided">
/// The process stood still when its request was about to leave, and when it left the claim was over: no claim can prevent that.
/// </param>
internal sealed record AttributeWrite(string Value, string Sender, GrantedClaim? Claim, bool SleptSinceDecided)
{
    /// <summary>When the last look left whose answer told a process that has this effect; null when there was none.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>When under an earlier claim a write left that may have happened, its process awake; null when none did.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    public DateTimeOffset LandedAt { get; init; }

    public override string ToString() =>
        $"{Sender} under {(Claim is null ? "no claim" : $"claim {Claim.Generation}{(Claim.IsInDoubt ? ", in doubt" : "")}")}{(SleptSinceDecided ? ", having slept" : "")}";
}
