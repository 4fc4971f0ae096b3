using Amazon.SQS;
using Microsoft.Extensions.Options;
using Processor.Processing;
using Processor.Receiving;
using ServiceDefaults;

namespace Processor.Lambda;

/// <summary>The host for AWS Lambda: taken when Lambda says where its Runtime API is.</summary>
internal static class LambdaFeature
{
    /// <summary>Set by Lambda: host and port of the Runtime API.</summary>
    public const string RuntimeApi = "AWS_LAMBDA_RUNTIME_API";

    public static void AddLambda(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LambdaOptions>().BindConfiguration(LambdaOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LambdaOptions>, LambdaOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LambdaOptions>>().Value);

        services.AddSingleton(_ => new LambdaRuntimeClient(
            new HttpClient
            {
                BaseAddress = new Uri($"http://{builder.Configuration[RuntimeApi]}"),
                Timeout = Timeout.InfiniteTimeSpan,
            }
        ));
        services.AddSingleton<InvocationQueue>(provider => new InvocationQueue(
            new SqsEventQueue(
                provider.GetRequiredService<IAmazonSQS>(),
                provider.GetRequiredKeyedService<IAmazonSQS>(AwsClients.Polling),
                provider.GetRequiredService<QueueUrls>().OfEventsAsync,
                provider.GetRequiredService<ReceivingOptions>().WaitTime,
                provider.GetRequiredService<ReceivingOptions>().VisibilityTimeout,
                provider.GetRequiredService<Ledger>(),
                provider.GetRequiredService<TimeProvider>()
            )
        ));
        services.AddSingleton<IEventQueue>(provider => provider.GetRequiredService<InvocationQueue>());
        services.AddHostedService<LambdaLoop>();
    }

    /// <summary>Tells Lambda why the function cannot start; without it, the reason is only in the log.</summary>
    public static async Task ReportInitFailureAsync(this WebApplication app, string reasons)
    {
        if (app.Configuration[RuntimeApi] is not { Length: > 0 } runtimeApi)
        {
            return;
        }

        using var http = new HttpClient { BaseAddress = new Uri($"http://{runtimeApi}") };
        await new LambdaRuntimeClient(http).FailInitAsync("InvalidConfiguration", reasons, CancellationToken.None);
    }
}
