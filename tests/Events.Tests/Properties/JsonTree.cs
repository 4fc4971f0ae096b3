using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Events.Tests.Properties;

/// <summary>Any JSON value, and two ways to write it: the canonical one, and one of the many others.</summary>
internal abstract record JsonTree
{
    private const string Space = " \t\r\n";

    private JsonTree() { }

    public static Gen<JsonTree> Any { get; } = Gen.Sized(size => OfSize(Math.Min(size, 30)));

    public static Gen<JsonTree> AnyObject { get; } = Gen.Sized(size => ObjectOfSize(Math.Min(size, 30)));

    private static Gen<JsonTree> Leaf { get; } =
        Gen.OneOf(
            Gen.Elements("0", "1", "1.0", "-0", "1e2", "12345678901234567890", "true", "false", "null")
                .Select(JsonTree (text) => new Literal(text)),
            AnyText().Select(JsonTree (text) => new Text(text))
        );

    public string Canonical() => Write(noise: null);

    /// <summary>With white space wherever it may be, and characters escaped that need not be.</summary>
    public string Noisy(Random noise) => Write(noise);

    protected abstract string Write(Random? noise);

    private static Gen<JsonTree> OfSize(int size) =>
        size == 0 ? Leaf : Gen.OneOf(Leaf, ArrayOfSize(size), ObjectOfSize(size));

    private static Gen<JsonTree> ArrayOfSize(int size) =>
        Gen.ListOf(OfSize(size / 4), 3).Select(JsonTree (items) => new Array([.. items]));

    private static Gen<JsonTree> ObjectOfSize(int size) =>
        Gen.ListOf(AnyText().SelectMany(name => OfSize(size / 4).Select(value => (name, value))), 4)
            .Select(JsonTree (members) => new Object([.. members]));

    private static Gen<string> AnyText() =>
        Gen.Elements("", "a", "name", "\"", "\\", "/", "\n", "\u0001", "\u007f", "é", "€", "😀", "a b, {c}", "\\u0041")
            .ListOf(2)
            .Select(string.Concat);

    private static string Blank(Random? noise) =>
        noise is null
            ? ""
            : new string([.. Enumerable.Range(0, noise.Next(3)).Select(_ => Space[noise.Next(Space.Length)])]);

    private static string Quote(string text, Random? noise) =>
        $"\"{string.Concat(text.EnumerateRunes().Select(rune => Escape(rune, noise)))}\"";

    private static string Escape(Rune rune, Random? noise) =>
        rune.Value switch
        {
            _ when noise?.Next(3) == 0 => string.Concat($"{rune}".Select(unit => $"\\u{(int)unit:X4}")),
            '/' when noise?.Next(2) == 0 => "\\/",
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            < ' ' => $"\\u{rune.Value:x4}",
            _ => $"{rune}",
        };

    private sealed record Literal(string Json) : JsonTree
    {
        protected override string Write(Random? noise) => Json;
    }

    private sealed record Text(string Value) : JsonTree
    {
        protected override string Write(Random? noise) => Quote(Value, noise);
    }

    private sealed record Array(IReadOnlyList<JsonTree> Items) : JsonTree
    {
        protected override string Write(Random? noise) =>
            $"[{Blank(noise)}{string.Join($"{Blank(noise)},{Blank(noise)}", Items.Select(item => item.Write(noise)))}{Blank(noise)}]";
    }

    private sealed record Object(IReadOnlyList<(string Name, JsonTree Value)> Members) : JsonTree
    {
        protected override string Write(Random? noise) =>
            $"{{{Blank(noise)}{string.Join($",{Blank(noise)}", Members.Select(member => Member(member.Name, member.Value, noise)))}}}";

        private static string Member(string name, JsonTree value, Random? noise) =>
            $"{Quote(name, noise)}{Blank(noise)}:{Blank(noise)}{value.Write(noise)}{Blank(noise)}";
    }
}
