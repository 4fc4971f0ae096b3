using System.Diagnostics.Metrics;
using GenesysMock.Traffic;
using GenesysMock.Truth;

namespace GenesysMock.Publishing;

/// <summary>The mock's own numbers, for whoever watches it beside the services.</summary>
internal sealed class MockMetrics
{
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _sentAgain;
    private readonly Counter<long> _requests;

    public MockMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Genesys.Mock");
        _deliveries = meter.CreateCounter<long>("genesys.mock.deliveries", "{delivery}", "Deliveries settled.");
        _sentAgain = meter.CreateCounter<long>(
            "genesys.mock.deliveries.retried",
            "{delivery}",
            "Deliveries sent again."
        );
        _requests = meter.CreateCounter<long>(
            "genesys.mock.api.requests",
            "{request}",
            "Requests to the API, by answer."
        );
    }

    public void Accepted(Copy copy) =>
        _deliveries.Add(
            1,
            new("genesys.mock.outcome", "accepted"),
            new KeyValuePair<string, object?>("genesys.mock.copy", Word(copy))
        );

    public void Refused() => _deliveries.Add(1, new KeyValuePair<string, object?>("genesys.mock.outcome", "refused"));

    public void SentAgain(int count) => _sentAgain.Add(count);

    public void Asked(Answered answered) =>
        _requests.Add(1, new KeyValuePair<string, object?>("genesys.mock.answer", Word(answered)));

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
