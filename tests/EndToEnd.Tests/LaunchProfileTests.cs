using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Testing;

namespace EndToEnd.Tests;

/// <summary>
/// The README's first command. <c>dotnet run</c> sets what the launch profile says, which is meant for the real AppHost; nothing else starts it so.
/// </summary>
[Collection(nameof(WholeSystem))]
public sealed partial class LaunchProfileTests
{
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Started_by_dotnet_run_the_dashboard_answers_and_takes_telemetry_where_it_is_sent()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var run = AppHostRun.StartByDotnetRun();

        var link = await run.LineAsync(line => DashboardLink().IsMatch(line), StartMax, cancellationToken);
        var started = await run.LineAsync(line => DashboardPorts().IsMatch(line), StartMax, cancellationToken);

        using var http = new HttpClient();
        using var page = await http.GetAsync(DashboardLink().Match(link).Groups["url"].Value, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var telemetry = new TcpClient();
        var otlp = new Uri(DashboardPorts().Match(started).Groups["otlp"].Value);
        await telemetry.ConnectAsync(otlp.Host, otlp.Port, cancellationToken);
        Assert.True(telemetry.Connected);
    }

    [GeneratedRegex(@"^  dashboard +(?<url>http\S+)")]
    private static partial Regex DashboardLink();

    [GeneratedRegex(@"^dashboard +\| started, process \d+, \S+, (?<otlp>http[^,]+), ")]
    private static partial Regex DashboardPorts();
}
