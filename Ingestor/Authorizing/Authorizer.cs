using Microsoft.Extensions.Options;

namespace Ingestor.Authorizing;

/// <summary>
/// Who may publish: the holder of an API key or of the access key; with AllowAnonymous also whoever shows neither. Credentials that
/// are shown and can be checked must be right, also then.
/// </summary>
internal sealed class Authorizer(ApiKeys keys, SignatureV4 signatures, IOptions<AuthorizingOptions> options)
{
    private static readonly Authorization.Denied UnknownKey = new(
        StatusCodes.Status401Unauthorized,
        "UnrecognizedClientException",
        "The API key is not known."
    );

    private static readonly Authorization.Denied UnknownSigner = new(
        StatusCodes.Status403Forbidden,
        "UnrecognizedClientException",
        "The security token included in the request is invalid."
    );

    private static readonly Authorization.Denied Missing = new(
        StatusCodes.Status401Unauthorized,
        "MissingAuthenticationTokenException",
        "Missing Authentication Token"
    );

    private readonly bool _allowAnonymous = options.Value.AllowAnonymous;

    /// <summary>As an API destination shows it.</summary>
    public Authorization CheckApiKey(HttpRequest request) =>
        keys.Check(request) switch
        {
            ApiKeyCheck.Valid => Authorization.Granted.Instance,
            ApiKeyCheck.Invalid => UnknownKey,
            _ => _allowAnonymous ? Authorization.Granted.Instance : Missing,
        };

    /// <summary>As an AWS SDK shows it; an API key does as well.</summary>
    public Authorization CheckHeaders(HttpRequest request)
    {
        var isSigned = SignatureV4.IsPresent(request);
        if (isSigned && signatures.IsConfigured)
        {
            return signatures.CheckHeaders(request);
        }

        var byKey = CheckApiKey(request);
        return isSigned && ReferenceEquals(byKey, Missing) ? UnknownSigner : byKey;
    }

    public Authorization CheckSignature(
        HttpContext context,
        Authorization.DependsOnBody headers,
        ReadOnlySpan<byte> body
    ) => signatures.CheckSignature(context, headers, body);
}
