using System.Diagnostics.Metrics;
using System.Net;
using GenesysApi.Budget;
using GenesysApi.Tests.Simulated;

namespace GenesysApi.Tests;

public sealed class GenesysApiMetricsTests
{
    [Fact]
    public async Task A_call_is_counted_where_an_operator_looks_first()
    {
        await using var client = new AClient();
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == GenesysApiMetrics.MeterName && instrument.Meter.Scope == client.Meters)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => seen.Add(Line(instrument, value, tags))
        );
        listener.SetMeasurementEventCallback<int>(
            (instrument, value, tags, _) => seen.Add(Line(instrument, value, tags))
        );
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Add(Line(instrument, 0, tags)));
        listener.Start();
        client.Server.Api = (_, _) =>
            Task.FromResult(
                CannedServer.Json(
                    HttpStatusCode.OK,
                    """{"conversations":[]}""",
                    ("inin-ratelimit-count", "60"),
                    ("inin-ratelimit-allowed", "300"),
                    ("inin-ratelimit-reset", "17")
                )
            );

        await client.Api.GetConversationDetailsAsync(["c1"], BudgetClass.Live, TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();

        Assert.Contains(
            "genesys.api.requests 1 genesys.endpoint=analytics.conversations.details genesys.status_class=2xx",
            seen
        );
        Assert.Contains("genesys.api.permits 1 outcome=granted", seen);
        Assert.Contains("genesys.api.permits.wait 0 outcome=granted", seen);
        Assert.Contains("genesys.api.tokens.renewed 1 outcome=issued", seen);
        Assert.Contains("genesys.api.budget.writes 1 outcome=written", seen);
        Assert.Contains("genesys.api.budget.remaining 240", seen);
        Assert.Contains("genesys.api.budget.blocked 0", seen);
        Assert.Contains("genesys.api.budget.share 0", seen);
    }

    private static string Line(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', [instrument.Name, $"{value}", .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);
}
