using Microsoft.AspNetCore.WebUtilities;

namespace GenesysMock.Gate;

/// <summary>What stands in front of the platform answers when the platform does not: HTML, and none of its codes.</summary>
internal static class GatewayPage
{
    public static Task WriteAsync(HttpContext context, int status)
    {
        var title = $"{status} {ReasonPhrases.GetReasonPhrase(status)}";
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(
            $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n",
            context.RequestAborted
        );
    }
}
