namespace Events;

/// <summary>Reads topic names: <c>v2.users.{id}.presence</c> is a template, <c>v2.users.6aed….presence</c> what came of it.</summary>
internal static class TopicName
{
    public const string NoSubject = "topic";
    public const string Conversation = "conversation";
    private const string Audit = "audit";
    private const string Id = "{id}";

    public static IReadOnlyList<string> IdNames(string template)
    {
        var segments = template.Split('.');
        return
        [
            .. segments
                .Skip(1)
                .Zip(segments, (id, name) => (id, name))
                .Where(pair => pair.id == Id)
                .Select(pair => pair.name),
        ];
    }

    /// <summary>A conversation wherever one is named, else whatever the first id is of.</summary>
    public static string SubjectKind(IReadOnlyList<string> idNames) =>
        idNames.Count == 0 ? NoSubject
        : idNames.Any(IsConversation) ? Conversation
        : KindOf(idNames[0]);

    public static IReadOnlyList<int> SubjectIds(IReadOnlyList<string> idNames) =>
        SubjectKind(idNames) switch
        {
            NoSubject => [],
            Conversation => [idNames.ToList().FindIndex(IsConversation)],
            // entitytype.{id}.entityid.{id}: neither alone says what was changed.
            Audit => [0, 1],
            _ => [0],
        };

    /// <summary>
    /// The part of a concrete <paramref name="name"/> that stands for the <paramref name="index"/>-th <c>{id}</c> of the
    /// template. Only the last id may have dots in it.
    /// </summary>
    public static bool TryGetId(string template, ReadOnlySpan<char> name, int index, out ReadOnlySpan<char> id)
    {
        id = default;
        var rest = template.AsSpan();
        for (var at = 0; ; at++)
        {
            var literal = rest.IndexOf(Id, StringComparison.Ordinal);
            if (literal < 0 || !name.StartsWith(rest[..literal], StringComparison.Ordinal))
            {
                return false;
            }

            name = name[literal..];
            rest = rest[(literal + Id.Length)..];
            var isLast = !rest.Contains(Id, StringComparison.Ordinal);
            var length = isLast ? name.Length - rest.Length : name.IndexOf('.');
            if (length <= 0 || (isLast && !name.EndsWith(rest, StringComparison.Ordinal)))
            {
                return false;
            }

            if (at == index)
            {
                id = name[..length];
                return true;
            }

            name = name[length..];
        }
    }

    private static bool IsConversation(string idName) => KindOf(idName) == Conversation;

    private static string KindOf(string idName) =>
        idName switch
        {
            "agent" or "agents" => "user",
            "entitytype" => Audit,
            "events" => "operation",
            _ when idName.EndsWith('s') => idName[..^1],
            _ => idName,
        };
}
