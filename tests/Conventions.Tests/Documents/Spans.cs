using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Conventions.Tests.Documents;

/// <summary>The names of the product's sources of spans and of the spans themselves.</summary>
internal static partial class Spans
{
    public static IEnumerable<string> All => SourceNames().Concat(Names());

    private static IEnumerable<string> SourceNames() =>
        from program in Programs.All
        from type in program.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType == typeof(ActivitySource)
        select ((ActivitySource)field.GetValue(null)!).Name;

    private static IEnumerable<string> Names() =>
        from file in Sources.Product
        from Match start in Start().Matches(file.Text)
        let texts = Call.TextsOf(file.Text, start.Index + start.Length)
        where texts.Count > 0
        select texts[0];

    [GeneratedRegex(@"\.(Start|Create)Activity\(")]
    private static partial Regex Start();
}
