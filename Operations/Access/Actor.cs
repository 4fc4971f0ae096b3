using System.Security.Claims;

namespace Operations.Access;

/// <summary>Who is there, as the journal names them, and whether they may change anything.</summary>
internal sealed record Actor(string Name, bool MayAct)
{
    public static Actor Of(ClaimsPrincipal user) =>
        new(user.Identity?.Name is { Length: > 0 } name ? name : "somebody", user.IsInRole(Roles.Operator));
}

internal static class Roles
{
    public const string Operator = "operator";
    public const string Reader = "reader";

    /// <summary>The policy for whatever changes something.</summary>
    public const string MayAct = "may-act";

    /// <summary>The policy for the HTTP API: a token in the header, which no other site can make a browser send.</summary>
    public const string Api = "api";

    /// <summary>The policy for what is described to everybody: whoever is logged in, or has a token.</summary>
    public const string MayLook = "may-look";

    /// <summary>The policy for downloads that hold personal data: an operator who is logged in, or has the token.</summary>
    public const string MayTake = "may-take";
}
