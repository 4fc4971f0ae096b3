using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ServiceDefaults;

namespace GenesysApi.Tokens;

/// <summary>
/// The token of this process. One request for a new one is in flight at a time; it is renewed ahead of its end by whoever asks
/// first, while the others go on with the old one. A failure is not kept: it only decides when to ask again.
/// </summary>
internal sealed partial class TokenSource(
    TokenEndpoint endpoint,
    GenesysApiMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<TokenSource> logger
)
{
    /// <summary>A token of a day is renewed so long before its end; a shorter one by the same part of its life, a tenth.</summary>
    private static readonly TimeSpan RenewAheadMax = TimeSpan.FromMinutes(5);

    /// <summary>An answer under way when the token ends must still find it valid.</summary>
    private static readonly TimeSpan NotUsedAtTheEnd = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private AccessToken? _token;
    private bool _accepted;
    private DateTimeOffset _renewAt;
    private Task<TokenOutcome>? _asking;
    private TokenOutcome? _failure;
    private DateTimeOffset _retryAt;
    private int _failures;
    private int _refusedInARow;

    /// <summary>How many tokens this process was given.</summary>
    public int Generation { get; private set; }

    public async ValueTask<TokenOutcome> GetAsync(CancellationToken cancellationToken)
    {
        AccessToken? usable;
        Task<TokenOutcome> asking;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            usable = _token is { } token && now < LastUseOf(token) ? token : null;
            var isUnderWay = _asking is { IsCompleted: false };
            if (usable is not null && (now < _renewAt || now < _retryAt || isUnderWay))
            {
                return new TokenOutcome.Issued(usable);
            }

            if (usable is null && !isUnderWay && now < _retryAt)
            {
                return _failure!;
            }

            asking = isUnderWay ? _asking! : _asking = AskAsync();
        }

        await Waiting.ForAsync(asking, cancellationToken);
        var outcome = await asking;
        return outcome is not TokenOutcome.Issued && usable is not null ? new TokenOutcome.Issued(usable) : outcome;
    }

    /// <summary>The API answered a call with this token.</summary>
    public void Accepted(AccessToken token)
    {
        lock (_gate)
        {
            if (_token?.Generation == token.Generation)
            {
                (_accepted, _refusedInARow) = (true, 0);
            }
        }
    }

    /// <summary>The API refused this token. If it is not the current one any more, somebody else has seen to it already.</summary>
    public void Refused(AccessToken token)
    {
        lock (_gate)
        {
            if (_token?.Generation != token.Generation)
            {
                return;
            }

            _token = null;
            _refusedInARow = _accepted ? 1 : _refusedInARow + 1;
            if (_refusedInARow > 1)
            {
                // Fresh tokens are refused one after the other: asking for more of them heals nothing.
                _retryAt =
                    time.GetUtcNow() + Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), _refusedInARow - 1);
                _failure = new TokenOutcome.Refused(_retryAt, "fresh token refused");
            }
        }

        Log.TokenDropped(logger, token.Generation);
    }

    private async Task<TokenOutcome> AskAsync()
    {
        var askedAt = time.GetUtcNow();
        var answer = await endpoint.AskAsync();
        TokenOutcome outcome;
        lock (_gate)
        {
            outcome = answer is TokenAnswer.Issued issued ? Keep(issued, askedAt) : Fail(answer);
        }

        metrics.TokenAsked(outcome);
        Say(outcome);
        return outcome;
    }

    private TokenOutcome.Issued Keep(TokenAnswer.Issued issued, DateTimeOffset askedAt)
    {
        var ahead = Min(RenewAheadMax, issued.Lifetime / 10) * (1 + (random.NextDouble() / 2));
        _token = new AccessToken(issued.Token, ++Generation, askedAt, askedAt + issued.Lifetime);
        _renewAt = _token.ExpiresAt - ahead;
        (_accepted, _failures, _failure, _retryAt) = (false, 0, null, default);
        return new TokenOutcome.Issued(_token);
    }

    private TokenOutcome Fail(TokenAnswer answer)
    {
        _failures++;
        var now = time.GetUtcNow();
        _failure = answer switch
        {
            TokenAnswer.Throttled throttled => new TokenOutcome.Throttled(
                now
                    + Max(
                        throttled.RetryAfter ?? TimeSpan.Zero,
                        Backoff(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), _failures)
                    )
            ),
            TokenAnswer.Refused refused => new TokenOutcome.Refused(
                now + Backoff(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), _failures),
                refused.Code
            ),
            TokenAnswer.Unavailable unavailable => new TokenOutcome.Unavailable(
                now + Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), _failures),
                unavailable.Reason
            ),
            _ => throw new UnreachableException($"{answer.GetType()}"),
        };
        _retryAt = UntilOf(_failure);
        return _failure;
    }

    /// <summary>Doubles with each failure in a row; a half to the whole of it, so that replicas do not ask together.</summary>
    private TimeSpan Backoff(TimeSpan first, TimeSpan max, int failures) =>
        Min(max, first * Math.Pow(2, Math.Min(failures - 1, 10))) * (0.5 + (random.NextDouble() / 2));

    private static DateTimeOffset LastUseOf(AccessToken token) =>
        token.ExpiresAt - Min(NotUsedAtTheEnd, (token.ExpiresAt - token.IssuedAt) / 20);

    private static DateTimeOffset UntilOf(TokenOutcome failure) =>
        failure switch
        {
            TokenOutcome.Throttled throttled => throttled.Until,
            TokenOutcome.Refused refused => refused.Until,
            TokenOutcome.Unavailable unavailable => unavailable.Until,
            _ => throw new UnreachableException($"{failure.GetType()}"),
        };

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private void Say(TokenOutcome outcome)
    {
        switch (outcome)
        {
            case TokenOutcome.Issued issued:
                Log.TokenIssued(logger, issued.Token.Generation, issued.Token.ExpiresAt);
                break;
            case TokenOutcome.Throttled throttled:
                Log.TokenThrottled(logger, throttled.Until);
                break;
            case TokenOutcome.Refused refused:
                Log.CredentialsRefused(logger, refused.Code, refused.Until);
                break;
            case TokenOutcome.Unavailable unavailable:
                Log.TokenUnavailable(logger, unavailable.Reason, unavailable.Until);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 350,
            Level = LogLevel.Information,
            Message = "Token {Generation} of this process is good until {Until:O}."
        )]
        public static partial void TokenIssued(ILogger logger, int generation, DateTimeOffset until);

        [LoggerMessage(
            EventId = 351,
            Level = LogLevel.Information,
            Message = "Token {Generation} was refused and is dropped."
        )]
        public static partial void TokenDropped(ILogger logger, int generation);

        [LoggerMessage(
            EventId = 352,
            Level = LogLevel.Warning,
            Message = "The token endpoint asks for fewer requests; none before {Until:O}."
        )]
        public static partial void TokenThrottled(ILogger logger, DateTimeOffset until);

        [LoggerMessage(
            EventId = 353,
            Level = LogLevel.Error,
            Message = "The OAuth client is refused ({Code}); the next attempt is at {Until:O}."
        )]
        public static partial void CredentialsRefused(ILogger logger, string code, DateTimeOffset until);

        [LoggerMessage(
            EventId = 354,
            Level = LogLevel.Warning,
            Message = "No token: {Reason}; the next attempt is at {Until:O}."
        )]
        public static partial void TokenUnavailable(ILogger logger, string reason, DateTimeOffset until);
    }
}
