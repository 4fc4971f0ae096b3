using System.Net;
using GenesysApi.Budget;

namespace GenesysApi.Calls;

/// <summary>Travels with a request through the handlers: what it is, and what became of it on the way.</summary>
internal sealed class CallTrace(ApiCall call)
{
    private static readonly HttpRequestOptionsKey<CallTrace> Key = new("genesys.call");

    public string Endpoint => call.Endpoint;

    public BudgetClass Class => call.Class;

    /// <summary>Of an answer that is lost, nobody would know what it said.</summary>
    public bool HasEffect => call.HasEffect;

    /// <summary>From then on no attempt is handed to the connection any more.</summary>
    public DateTimeOffset NotAfter => call.NotAfter;

    /// <summary>At least one attempt may have reached the server.</summary>
    public bool Sent { get; set; }

    /// <summary>When the running attempt began, of <see cref="TimeProvider.GetTimestamp"/>: it may wait for a token and for a permit.</summary>
    public long AttemptBegan { get; set; }

    /// <summary>Why the last attempt was not made, or was answered "not now".</summary>
    public Withheld? Withheld { get; set; }

    public static CallTrace Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out var trace)
            ? trace
            : throw new InvalidOperationException($"{request.RequestUri?.AbsolutePath} was sent without a trace.");

    public void AttachTo(HttpRequestMessage request) => request.Options.Set(Key, this);

    /// <summary>An answer of our own: 429, which no layer above tries again.</summary>
    public HttpResponseMessage Withhold(HttpRequestMessage request, Withheld why)
    {
        Withheld = why;
        return new HttpResponseMessage(HttpStatusCode.TooManyRequests)
        {
            RequestMessage = request,
            ReasonPhrase = "Withheld",
        };
    }
}

/// <param name="By">Who says so: a limit of the platform, the budget, the circuit, the token.</param>
internal sealed record Withheld(DateTimeOffset Until, string Reason, string By);
