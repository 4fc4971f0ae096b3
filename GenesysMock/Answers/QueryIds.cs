namespace GenesysMock.Answers;

/// <summary>The ids of <c>?id=a&amp;id=b</c> and <c>?id=a,b</c>: SDKs write either.</summary>
internal static class QueryIds
{
    public static IReadOnlyList<string> Of(HttpRequest request) =>
        [
            .. request
                .Query["id"]
                .SelectMany(value =>
                    (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                )
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
}
