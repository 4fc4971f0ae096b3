namespace Operations.Access;

/// <summary>A path of this site: nobody is sent elsewhere by a link or a form of ours.</summary>
internal static class LocalPath
{
    public static string OrRoot(string? path) =>
        path is { Length: > 1 } && path[0] == '/' && path[1] is not ('/' or '\\') && !path.Any(char.IsControl)
            ? path
            : "/";
}
