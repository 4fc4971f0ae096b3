using Events.Patterns;
using FsCheck;
using FsCheck.Fluent;

namespace Events.Tests.Patterns;

/// <summary>A pattern and an event over so few names and values, and one so often made from the other, that they meet.</summary>
public sealed record GeneratedCase(Json Pattern, Json Event)
{
    private static readonly Gen<string> Names = Gen.Elements("a", "b", "c");
    private static readonly Gen<string> Aliases = Gen.Elements("a", "b", "a.b", "b.a", "");

    /// <summary>Arrays at any depth; each name once in an object.</summary>
    public static Arbitrary<GeneratedCase> WithArrays { get; } = Cases(Once(Members(Nested(3), Names)), Names);

    /// <summary>Names that repeat and names with dots, but only arrays of leaves.</summary>
    public static Arbitrary<GeneratedCase> WithAliases { get; } = Cases(Members(Plain(3), Aliases), Aliases);

    public override string ToString() => $"{Pattern} on {Event}";

    private static Arbitrary<GeneratedCase> Cases(Gen<Json> events, Gen<string> names) =>
        Arb.From(
            from candidate in events
            from pattern in PatternFor(candidate, names)
            select new GeneratedCase(pattern, candidate),
            Shrink
        );

    private static IEnumerable<GeneratedCase> Shrink(GeneratedCase large) =>
        Json.Smaller(large.Pattern)
            .Where(pattern => EventPattern.Parse($"{pattern}") is ParsedPattern.Valid)
            .Select(pattern => large with { Pattern = pattern })
            .Concat(Json.Smaller(large.Event).Select(candidate => large with { Event = candidate }));

    private static Gen<Json> Nested(int depth)
    {
        if (depth == 0)
        {
            return GeneratedTests.Leaves;
        }

        var map = Once(Members(Nested(depth - 1), Names));
        return Gen.Frequency(
            (3, GeneratedTests.Leaves),
            (2, map),
            (2, map.ListOf(2).Select(Listed)),
            (1, map.ListOf(3).Select(Listed)),
            (1, map.ListOf(2).ListOf(2).Select(lists => Listed(lists.Select(Listed)))),
            (1, GeneratedTests.Leaves.ListOf(2).Select(Listed)),
            (1, Gen.Constant(Listed([])))
        );
    }

    private static Gen<Json> Plain(int depth) =>
        depth == 0
            ? GeneratedTests.Leaves
            : Gen.Frequency(
                (2, GeneratedTests.Leaves),
                (1, GeneratedTests.Leaves.ListOf(2).Select(Listed)),
                (3, Members(Plain(depth - 1), Aliases))
            );

    private static Gen<Json> Members(Gen<Json> values, Gen<string> names) =>
        from count in Gen.Choose(1, 3)
        from members in (from name in names from value in values select (name, value)).ListOf(count)
        select (Json)new Json.Map([.. members]);

    private static Gen<Json> Once(Gen<Json> maps) =>
        maps.Select(map => (Json)new Json.Map([.. ((Json.Map)map).Members.DistinctBy(member => member.Name)]));

    private static Gen<Json> PatternFor(Json candidate, Gen<string> names)
    {
        var leaves = Leaves(candidate, []).ToArray();
        var known =
            leaves.Length == 0 ? Path(names).Select(path => (path, (Json)new Json.Literal("1"))) : Gen.Elements(leaves);
        var field = Gen.Frequency(
            (4, from leaf in known select Nest(leaf.Item1, Listed([leaf.Item2]))),
            (3, from leaf in known from tests in Some(GeneratedTests.Tests) select Nest(leaf.Item1, Listed(tests))),
            (2, from path in Path(names) from tests in Some(GeneratedTests.Tests) select Nest(path, Listed(tests))),
            (2, from path in Path(names) select Nest(path, new Json.List([new Json.Literal("""{"exists":false}""")])))
        );
        var fields = Some(field).Select(some => (Json)new Json.Map([.. some]));
        return Gen.Frequency(
            (4, fields),
            (1, fields.ListOf(2).Select(branches => (Json)new Json.Map([("$or", Listed(branches))]))),
            (
                1,
                from outer in field
                from branches in fields.ListOf(2)
                select (Json)new Json.Map([outer, ("a", new Json.Map([("$or", Listed(branches))]))])
            )
        );
    }

    private static IEnumerable<(string[] Path, Json Value)> Leaves(Json value, string[] path) =>
        value switch
        {
            Json.Map map => map.Members.SelectMany(member => Leaves(member.Value, [.. path, member.Name])),
            Json.List list => list.Items.SelectMany(item => Leaves(item, path)),
            _ => [(path, value)],
        };

    private static Gen<string[]> Path(Gen<string> names) =>
        from length in Gen.Choose(1, 3)
        from path in names.ListOf(length)
        select path.ToArray();

    private static Gen<List<T>> Some<T>(Gen<T> of) =>
        from count in Gen.Choose(1, 3)
        from some in of.ListOf(count)
        select some.ToList();

    private static (string Name, Json Value) Nest(string[] path, Json tests) =>
        path.Length == 1 ? (path[0], tests) : (path[0], new Json.Map([Nest(path[1..], tests)]));

    private static Json Listed(IEnumerable<Json> items) => new Json.List([.. items]);
}
