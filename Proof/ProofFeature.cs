using Microsoft.Extensions.Options;
using Proof.Comparing;
using Proof.Emitting;
using ServiceDefaults;

namespace Proof;

internal static class ProofFeature
{
    public static void AddProof(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ProofOptions>().BindConfiguration(ProofOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProofOptions>, ProofOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ProofOptions>>().Value);

        services.AddHttpClient<MockTraffic>(http => http.BaseAddress = new Uri("http://genesys"));
        services.AddSingleton<QueueUrls>();
        services.AddSingleton<Store>();
        services.AddTransient<ProofRun>();
    }

    /// <returns>0 when the proof holds; 1 when it does not, or when a part it needs does not answer.</returns>
    public static async Task<int> ProveAsync(this WebApplication app)
    {
        try
        {
            return await app.Services.GetRequiredService<ProofRun>().RunAsync(app.Lifetime.ApplicationStopping);
        }
        catch (Exception exception)
            when (exception is OptionsValidationException
                || AwsFaults.Classify(exception, app.Lifetime.ApplicationStopping) != AwsFault.None
            )
        {
            await Console.Error.WriteLineAsync($"The proof could not be made: {exception.Message}");
            return 1;
        }
    }
}
