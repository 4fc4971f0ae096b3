namespace GenesysMock.Login;

internal static class LoginFeature
{
    public static void AddLogin(this WebApplicationBuilder builder)
    {
        builder.AddSettings<LoginOptions, LoginOptionsValidator>(LoginOptions.Section);
        builder.Services.AddSingleton<TokenStore>();
        builder.Services.AddSingleton<TokenThrottle>();
        builder.Services.AddSingleton<TokenEndpoint>();
    }

    public static void MapLogin(this WebApplication app) =>
        app.MapPost(TokenEndpoint.Path, (HttpContext context, TokenEndpoint endpoint) => endpoint.AnswerAsync(context));
}
