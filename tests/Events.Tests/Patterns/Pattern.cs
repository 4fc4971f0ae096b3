using System.Text;
using Events.Patterns;

namespace Events.Tests.Patterns;

internal static class Pattern
{
    internal static EventPattern Of(string json) =>
        EventPattern.Parse(json) switch
        {
            ParsedPattern.Valid valid => valid.Pattern,
            var invalid => throw new ArgumentException($"{invalid} in {json}", nameof(json)),
        };

    internal static bool Matches(this EventPattern pattern, string candidate) =>
        pattern.Matches(Encoding.UTF8.GetBytes(candidate)) switch
        {
            PatternMatch.InvalidEvent => throw new ArgumentException(candidate, nameof(candidate)),
            var match => match == PatternMatch.Matched,
        };
}
