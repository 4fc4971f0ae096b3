using System.Collections.Frozen;
using System.Text;

namespace Events;

/// <summary>The topics of the Genesys Cloud SDK 270.0.0, and what an event of a topic nobody has told us about is.</summary>
public static class Topics
{
    private const int NameCharsMax = 256;

    private static readonly FrozenDictionary<string, Topic> ByName = Load().ToFrozenDictionary(topic => topic.Name);

    private static readonly FrozenDictionary<string, Topic>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IReadOnlyCollection<Topic> Known => ByName.Values;

    public static Topic Find(string detailType) =>
        ByName.GetValueOrDefault(detailType) ?? new Topic(detailType, isKnown: false);

    /// <summary>As <see cref="Find(string)"/>, for the bytes on the wire: a known name costs no string.</summary>
    internal static Topic Find(ReadOnlySpan<byte> detailType)
    {
        Span<char> name = stackalloc char[NameCharsMax];
        return
            detailType.Length <= NameCharsMax
            && BySpan.TryGetValue(name[..Encoding.UTF8.GetChars(detailType, name)], out var topic)
            ? topic
            : new Topic(Encoding.UTF8.GetString(detailType), isKnown: false);
    }

    private static IEnumerable<Topic> Load()
    {
        using var resource = typeof(Topics).Assembly.GetManifestResourceStream("topics-sdk-270.txt")!;
        using var lines = new StreamReader(resource, Encoding.UTF8);
        while (lines.ReadLine() is { } name)
        {
            yield return new Topic(name, isKnown: true);
        }
    }
}
