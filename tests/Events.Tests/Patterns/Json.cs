namespace Events.Tests.Patterns;

/// <summary>Generated JSON, kept as a tree so that a failing case can be made smaller.</summary>
public abstract record Json
{
    private Json() { }

    public sealed record Literal(string Text) : Json
    {
        public override string ToString() => Text;
    }

    public sealed record List(IReadOnlyList<Json> Items) : Json
    {
        public override string ToString() => $"[{string.Join(',', Items)}]";
    }

    public sealed record Map(IReadOnlyList<(string Name, Json Value)> Members) : Json
    {
        public override string ToString() =>
            $"{{{string.Join(',', Members.Select(member => $"\"{member.Name}\":{member.Value}"))}}}";
    }

    /// <summary>The same with one part less, or with one part smaller.</summary>
    public static IEnumerable<Json> Smaller(Json json)
    {
        switch (json)
        {
            case List list:
                for (var index = 0; index < list.Items.Count; index++)
                {
                    yield return new List(Without(list.Items, index));
                    foreach (var item in Smaller(list.Items[index]))
                    {
                        yield return new List(With(list.Items, index, item));
                    }
                }

                break;
            case Map map:
                for (var index = 0; index < map.Members.Count; index++)
                {
                    yield return new Map(Without(map.Members, index));
                    var (name, value) = map.Members[index];
                    foreach (var smaller in Smaller(value))
                    {
                        yield return new Map(With(map.Members, index, (name, smaller)));
                    }
                }

                break;
        }
    }

    private static List<T> Without<T>(IReadOnlyList<T> items, int index) =>
        [.. items.Where((_, position) => position != index)];

    private static List<T> With<T>(IReadOnlyList<T> items, int index, T item) =>
        [.. items.Select((old, position) => position == index ? item : old)];
}
