namespace Events.Tests;

/// <summary>Events of real shape with invented content, one file a topic, and the whole life of one call.</summary>
internal static class Samples
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Samples");

    public static IReadOnlyList<string> Names { get; } =
    [.. Directory.GetFiles(Folder, "eb-*.json").Select(file => Path.GetFileNameWithoutExtension(file)[3..]).Order()];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, $"eb-{name}.json"));

    public static string ReadText(string name) => File.ReadAllText(Path.Combine(Folder, $"eb-{name}.json"));

    public static IReadOnlyList<string> Lifecycle() =>
        File.ReadAllLines(Path.Combine(Folder, "lifecycle-inbound-voice.jsonl"));
}
