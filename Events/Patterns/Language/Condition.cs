using System.Text;
using Events.Patterns.Operators;

namespace Events.Patterns.Language;

/// <summary>One field of a pattern and the values it may have: any of the tests is enough.</summary>
/// <param name="Path">Names from the root, joined by dots: nowhere does the service tell <c>{"a":{"b":1}}</c> and <c>{"a.b":1}</c> apart.</param>
internal sealed record Condition(string Path, IReadOnlyList<ValueTest> Tests)
{
    internal byte[] Utf8Path { get; } = Encoding.UTF8.GetBytes(Path);

    internal bool MayBeAbsent { get; } = Tests.Any(test => test is NoLeaf);
}
