using System.Globalization;

namespace GenesysMock.Gate;

/// <summary>The platform's errors, in its own words.</summary>
internal sealed record ApiError(int Status, string Code, string Message)
{
    public static readonly ApiError NoToken = new(
        401,
        "authentication.required",
        "No authentication bearer token specified in authorization header."
    );

    public static readonly ApiError BadCredentials = new(401, "bad.credentials", "Invalid login credentials.");

    public static readonly ApiError Expired = new(
        401,
        "credentials.expired",
        "The supplied credentials are expired and cannot be used."
    );

    public static readonly ApiError BadRequest = new(
        400,
        "bad.request",
        "The request could not be understood by the server due to malformed syntax."
    );

    public static readonly ApiError InvalidDate = new(
        400,
        "invalid.date",
        "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ"
    );

    public static readonly ApiError NotFound = new(404, "not.found", "The requested resource was not found.");

    public static readonly ApiError ResourceNotFound = new(
        404,
        "resource.not.found",
        "The requested resource was not found."
    );

    public static readonly ApiError UnsupportedMediaType = new(
        415,
        "unsupported.media.type",
        "Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header."
    );

    /// <summary>The limit block of a 429.</summary>
    public ErrorLimit? Limit { get; init; }

    public static ApiError TooLarge(long bytesMax) =>
        new(
            413,
            "request.entity.too.large",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The request is over the size limit. Maximum bytes: {bytesMax}"
            )
        );

    public static ApiError InvalidValue(string value, string field, string allowed) =>
        new(
            400,
            "invalid.value",
            $"Value [{value}] is not valid for field type [{field}]. Allowable values are: {allowed}"
        );

    /// <summary>The error that goes with a status when nothing more is known.</summary>
    public static ApiError Of(int status) =>
        status switch
        {
            400 => BadRequest,
            401 => BadCredentials,
            403 => new(403, "not.authorized", "You are not authorized to perform the requested action."),
            404 => NotFound,
            408 => new(408, "request.timeout", "The request timed out."),
            409 => new(409, "conflict", "The request conflicts with another change to the same resource."),
            502 => new(502, "bad.gateway", "The server received an invalid response from an upstream server."),
            503 => new(
                503,
                "service.unavailable",
                "Service Unavailable - The server is currently unavailable (because it is overloaded or down for maintenance)."
            ),
            504 => new(504, "request.timeout", "The request timed out."),
            _ => new(
                500,
                "internal.server.error",
                "The server encountered an unexpected condition which prevented it from fulfilling the request."
            ),
        };
}

internal sealed record ErrorLimit(string Namespace, string Key, int Value);
