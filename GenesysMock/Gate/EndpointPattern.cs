namespace GenesysMock.Gate;

/// <summary>
/// Names endpoints as their documentation does: an optional method and a path template, which may end in <c>*</c>.
/// <c>*</c> alone is all of them.
/// </summary>
internal static class EndpointPattern
{
    public const string Syntax = @"^(\*|([A-Z]+ )?/[^\s*]*\*?)$";

    /// <param name="pattern">As written in a limit or a fault.</param>
    /// <param name="endpoint">A method and a template: <c>GET /api/v2/conversations/{id}</c>.</param>
    public static bool Matches(string pattern, string endpoint)
    {
        var subject = pattern.Contains(' ', StringComparison.Ordinal) || pattern is "*" ? endpoint : PathOf(endpoint);
        return pattern.EndsWith('*')
            ? subject.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
            : subject.Equals(pattern, StringComparison.OrdinalIgnoreCase);
    }

    private static string PathOf(string endpoint) => endpoint[(endpoint.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
