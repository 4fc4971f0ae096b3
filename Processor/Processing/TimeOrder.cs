using Microsoft.Extensions.Options;

namespace Processor.Processing;

/// <summary>Many settings are times, and most are only right in an order.</summary>
internal static class TimeOrder
{
    public static void Shorter(
        this ValidateOptionsResultBuilder result,
        string shorter,
        TimeSpan less,
        string longer,
        TimeSpan more
    )
    {
        if (less >= more)
        {
            result.AddError($"{shorter} ({less}) must be shorter than {longer} ({more}).");
        }
    }
}
