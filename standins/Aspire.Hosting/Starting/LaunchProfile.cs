using System.Text.Json;

namespace Aspire.Hosting.Starting;

/// <summary>The first `Project` profile of a project's Properties/launchSettings.json: its variables and its http addresses.</summary>
internal sealed record LaunchProfile(
    IReadOnlyDictionary<string, string> EnvironmentVariables,
    IReadOnlyList<Uri> HttpAddresses
)
{
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static LaunchProfile? Read(string projectPath)
    {
        var folder = Directory.Exists(projectPath) ? projectPath : Path.GetDirectoryName(projectPath)!;
        var path = Path.Combine(folder, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var settings = JsonSerializer.Deserialize<Settings>(File.ReadAllText(path), Lenient);
            var profile = settings?.Profiles?.Values.FirstOrDefault(profile => profile.CommandName is "Project");
            return profile is null
                ? null
                : new LaunchProfile(profile.EnvironmentVariables ?? [], HttpAddressesIn(profile.ApplicationUrl ?? ""));
        }
        catch (JsonException fault)
        {
            throw new DistributedApplicationException(
                $"{path} is no valid launchSettings.json: {fault.Message}",
                fault
            );
        }
    }

    /// <summary>Not https: that needs a developer's certificate, which the machines this runs on need not have.</summary>
    private static List<Uri> HttpAddressesIn(string applicationUrl) =>
        [
            .. applicationUrl
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(url => new Uri(url))
                .Where(url => url.Scheme is "http"),
        ];

    private sealed record Settings(Dictionary<string, Profile>? Profiles);

    private sealed record Profile(
        string? CommandName,
        string? ApplicationUrl,
        Dictionary<string, string>? EnvironmentVariables
    );
}
