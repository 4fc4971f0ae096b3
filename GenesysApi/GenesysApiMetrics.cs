using System.Diagnostics;
using System.Diagnostics.Metrics;
using GenesysApi.Budget;
using GenesysApi.Tokens;

namespace GenesysApi;

/// <summary>What an operator wants to know of the API: what it was asked, what it answered, how much of it is left.</summary>
public sealed class GenesysApiMetrics
{
    public const string MeterName = "Genesys.Api";

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _permits;
    private readonly Histogram<double> _permitWait;
    private readonly Counter<long> _budgetWrites;
    private readonly Counter<long> _tokens;

    public GenesysApiMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateCounter<long>(
            "genesys.api.requests",
            "{request}",
            "HTTP requests sent, by endpoint and status class."
        );
        _permits = _meter.CreateCounter<long>(
            "genesys.api.permits",
            "{permit}",
            "Permits asked for, by what the budget answered."
        );
        _permitWait = _meter.CreateHistogram<double>(
            "genesys.api.permits.wait",
            "s",
            "Time a caller waited for the budget's answer.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
            }
        );
        _budgetWrites = _meter.CreateCounter<long>(
            "genesys.api.budget.writes",
            "{write}",
            "Writes of the shared budget, by outcome."
        );
        _tokens = _meter.CreateCounter<long>("genesys.api.tokens.renewed", "{token}", "Tokens asked for, by outcome.");
    }

    /// <param name="status">The HTTP status, or nothing if no answer came.</param>
    internal void Requested(string endpoint, int? status) =>
        _requests.Add(
            1,
            new TagList
            {
                { "genesys.endpoint", endpoint },
                { "genesys.status_class", status is { } code ? $"{code / 100}xx" : "none" },
            }
        );

    internal void PermitTaken(TimeSpan waited, Permit permit)
    {
        var tag = new KeyValuePair<string, object?>("outcome", NameOf(permit));
        _permits.Add(1, tag);
        _permitWait.Record(waited.TotalSeconds, tag);
    }

    internal void BudgetWritten(BudgetWrite write) =>
        _budgetWrites.Add(
            1,
            new KeyValuePair<string, object?>(
                "outcome",
                write switch
                {
                    BudgetWrite.Written => "written",
                    BudgetWrite.Conflict => "conflict",
                    _ => "unavailable",
                }
            )
        );

    internal void TokenAsked(TokenOutcome outcome) =>
        _tokens.Add(
            1,
            new KeyValuePair<string, object?>(
                "outcome",
                outcome switch
                {
                    TokenOutcome.Issued => "issued",
                    TokenOutcome.Throttled => "throttled",
                    TokenOutcome.Refused => "refused",
                    _ => "unavailable",
                }
            )
        );

    internal void Observe(LocalBudget budget)
    {
        _meter.CreateObservableGauge(
            "genesys.api.budget.share",
            budget.RatePerMinute,
            "{request}/min",
            "Calls a minute that this process may make."
        );
        _meter.CreateObservableGauge(
            "genesys.api.budget.remaining",
            () =>
                budget.RemainingAtServer() is { } left ? [new Measurement<int>(left)] : Array.Empty<Measurement<int>>(),
            "{request}",
            "Calls left in the server's window, by its last answer to this process."
        );
        _meter.CreateObservableGauge(
            "genesys.api.budget.blocked",
            () => budget.BlockedFor().TotalSeconds,
            "s",
            "How long no calls will be made, because the server or the circuit breaker said so."
        );
    }

    private static string NameOf(Permit permit) =>
        permit switch
        {
            Permit.Granted => "granted",
            Permit.Empty => "empty",
            Permit.Blocked => "blocked",
            _ => throw new UnreachableException($"{permit}"),
        };
}
