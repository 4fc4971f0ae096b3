using System.Text.RegularExpressions;
using Testing;

namespace Deploy.Tests.Running;

/// <summary>What the deployed programs are told is what they listen to.</summary>
public sealed partial class SettingsTests
{
    /// <summary>Of programs that are not ours, or of .NET and AWS.</summary>
    private static readonly string[] Others = ["OTEL_", "DOTNET_", "OPERATIONS_", "AOT_", "METRICS_", "Operations__"];

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Every_setting_is_one_that_docs_know(string name)
    {
        var known = File.ReadAllText(Repository.PathOf("docs", "configuration.md"));

        var given = Program
            .In(Template.Named(name))
            .SelectMany(program => program.Environment.Keys.Concat(SecretsOf(program)))
            .Where(setting => !Others.Any(other => setting.StartsWith(other, StringComparison.Ordinal)))
            .Distinct();

        Assert.All(given, setting => Assert.Contains($"`{Key(setting)}`", known));
    }

    private static IEnumerable<string> SecretsOf(Program program) =>
        (program.Json["Secrets"]?.AsArray() ?? []).Select(secret => (string)secret!["Name"]!);

    /// <summary>As the page writes it: Ingestor__ApiKeys__0 is Ingestor:ApiKeys:n.</summary>
    private static string Key(string setting) =>
        Index().Replace(setting.Replace("__", ":", StringComparison.Ordinal), ":n");

    [GeneratedRegex(@":\d+$")]
    private static partial Regex Index();
}
