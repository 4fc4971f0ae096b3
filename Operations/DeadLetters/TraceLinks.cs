using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Operations.DeadLetters;

/// <summary>Where traces can be looked at.</summary>
internal sealed class TraceOptions
{
    public const string Section = "Traces";

    /// <summary>An address with <c>{trace}</c> where the trace's id belongs. The AppHost names its dashboard; without one, ids are shown.</summary>
    [StringLength(2_000)]
    public string Link { get; init; } = "";
}

[OptionsValidator]
internal sealed partial class TraceOptionsValidator : IValidateOptions<TraceOptions>;

internal sealed class TraceLinks(TraceOptions options)
{
    private const int IdChars = 32;

    /// <param name="traceParent">As W3C has it: version, trace, span, flags. From outside, so only hexadecimal digits get into a link.</param>
    public string? LinkOf(string? traceParent) =>
        options.Link.Length > 0
        && traceParent?.Split('-') is [_, { Length: IdChars } trace, ..]
        && trace.All(char.IsAsciiHexDigit)
            ? options.Link.Replace("{trace}", trace, StringComparison.Ordinal)
            : null;
}
