using System.Globalization;
using System.Net;
using System.Text;
using GenesysMock.Conversations;
using GenesysMock.Publishing;
using GenesysMock.Scenarios;
using GenesysMock.Truth;

namespace GenesysMock.Status;

/// <summary>What a person sees who opens the mock in a browser: how it behaves, what it was asked, what it emitted.</summary>
internal sealed class StatusPage(
    Behaviour behaviour,
    ScenarioCatalog scenarios,
    ApiTruth truth,
    TrafficRuns runs,
    ConversationDirectory conversations
)
{
    public const string Style = """
        :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
        body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); vertical-align: top; }
        th { font-weight: 600; width: 14rem; } .wide th { width: auto; }
        form { display: inline; }
        button { font: inherit; padding: .25rem .8rem; border: 1px solid currentColor; border-radius: .4rem; background: none; color: inherit; cursor: pointer; }
        button[disabled] { opacity: .5; cursor: default; }
        .bad { color: #c62828; } p { opacity: .75; }
        """;

    public string Write(string styleSheet)
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>GenesysMock</title><link rel="stylesheet" href="{styleSheet}"></head>
            <body>
            <h1>GenesysMock</h1>
            <p>A Genesys Cloud to test against: it publishes events, answers the platform API, and keeps the truth about both.</p>
            """
        );
        WriteScenarios(html);
        WriteLimits(html);
        WriteApi(html);
        WriteTraffic(html);
        html.Append("</body></html>");
        return html.ToString();
    }

    private void WriteScenarios(StringBuilder html)
    {
        html.Append("<h2>Scenario</h2><table>");
        foreach (var name in scenarios.Names)
        {
            var chosen = name == behaviour.Scenario;
            var button =
                $"<form method=\"post\" action=\"/mock/scenario/{name}\"><button{(chosen ? " disabled" : "")}>{name}</button></form>";
            Row(html, button, WebUtility.HtmlEncode(scenarios.Find(name)!.Description));
        }

        html.Append("</table>");
    }

    private void WriteLimits(StringBuilder html)
    {
        var (limits, faults) = (behaviour.Limits, behaviour.Faults);
        html.Append("<h2>Limits and faults</h2><table>");
        Row(
            html,
            "A token",
            $"{limits.PerToken} requests in {limits.Window}, valid for {limits.TokenLifetimeSeconds} s"
        );
        Row(html, "A client", limits.PerClient is 0 ? "no limit" : $"{limits.PerClient} requests in {limits.Window}");
        Row(html, "The organization", $"{limits.PerOrganization} requests in {limits.Window}");
        foreach (var limit in limits.Endpoints)
        {
            Row(html, WebUtility.HtmlEncode(limit.Endpoint), $"{limit.Allowed} requests in {limit.Window}");
        }

        Row(html, "Analytics lag", $"{faults.DetailsAfter}, wrap-up {faults.WrapUpAfter}");
        var rules = faults.Rules.Select(rule => $"{rule.Kind} {rule.Rate:P1} of {rule.Endpoint}");
        Row(html, "Faults", WebUtility.HtmlEncode(string.Join("; ", rules)));
        html.Append("</table>");
    }

    private void WriteApi(StringBuilder html)
    {
        var api = truth.Snapshot();
        html.Append("<h2>What the API was asked</h2><table>");
        Row(html, "Requests", Number(api.Requests));
        Row(html, "Refused with 429", Warning(api.Refused));
        Row(html, "Unauthorized", Number(api.Unauthorized));
        Row(html, "Met a fault", Number(api.Faulted));
        Row(html, "Most in one window", Number(api.MostInOneWindow));
        Row(
            html,
            "Tokens",
            $"{api.Tokens.Minted} minted, {api.Tokens.Throttled} throttled, {api.Tokens.Refused} refused"
        );
        Row(html, "Conversations", $"{api.IdsFetched} asked for, {api.IdsFetchedMoreThanOnce} more than once");
        Row(html, "Conversations known", Number(conversations.Count));
        html.Append("</table>");
    }

    private void WriteTraffic(StringBuilder html)
    {
        html.Append(
                "<h2>What was emitted</h2><table class=\"wide\"><tr><th>Run</th><th>Emitted</th><th>Deliveries</th>"
            )
            .Append("<th>Refused</th><th>Sent again</th><th>State</th></tr>");
        foreach (var run in runs.All.Reverse())
        {
            var counts = run.Ledger.Counts;
            var state = run.End switch
            {
                null => "running",
                { Completed: true } => "done",
                _ => "stopped",
            };
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{run.Id}</td><td>{Number(counts.Emitted)}</td><td>{Number(counts.Deliveries)}</td><td>{Warning(counts.Refused)}</td><td>{Number(counts.Retries)}</td><td>{state}</td></tr>"
            );
        }

        html.Append("</table>");
    }

    private static void Row(StringBuilder html, string name, string value) =>
        html.Append("<tr><th>").Append(name).Append("</th><td>").Append(value).Append("</td></tr>");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Warning(long number) => number is 0 ? "0" : $"<span class=\"bad\">{Number(number)}</span>";
}
