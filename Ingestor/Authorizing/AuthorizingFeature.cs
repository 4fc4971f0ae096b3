using Microsoft.Extensions.Options;

namespace Ingestor.Authorizing;

internal static class AuthorizingFeature
{
    public static void AddAuthorizing(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<AuthorizingOptions>()
            .BindConfiguration(AuthorizingOptions.Section)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AuthorizingOptions>, AuthorizingOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<AuthorizingOptions>, CredentialsValidator>();
        builder.Services.AddSingleton<ApiKeys>();
        builder.Services.AddSingleton<SignatureV4>();
        builder.Services.AddSingleton<Authorizer>();
    }
}
