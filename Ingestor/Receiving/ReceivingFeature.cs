using System.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Ingestor.Receiving;

internal static class ReceivingFeature
{
    // What the server reads ahead of us, for each connection.
    private const int ReadAheadBytesMax = 64 * 1024;

    // One event in BodyTimeout; who is slower is no sender of events.
    private const double BodyBytesPerSecondMin = 240;

    public static void AddReceiving(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReceivingOptions>().BindConfiguration(ReceivingOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ReceivingOptions>, ReceivingOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<ReceivingOptions>, ReceivingRoomValidator>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ReceivingOptions>>(Limit);

        // For what ends before it reaches an endpoint: no such path, no such method, a bug.
        builder.Services.AddProblemDetails(problems =>
            problems.CustomizeProblemDetails = context =>
                context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString()
        );

        builder.Services.AddSingleton<BodyRoom>();
        builder.Services.AddSingleton<BodyReader>();
        builder.Services.AddSingleton<ContentCoding>();
        builder.Services.AddSingleton<EventsEndpoint>();
    }

    public static void MapEvents(this WebApplication app)
    {
        var endpoint = new Lazy<EventsEndpoint>(app.Services.GetRequiredService<EventsEndpoint>);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapPost("/events", context => endpoint.Value.HandleAsync(context));
    }

    private static void Limit(KestrelServerOptions kestrel, IOptions<ReceivingOptions> options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.Value.ConnectionsMax;
        kestrel.Limits.MaxRequestBodySize = options.Value.BodyBytesMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = options.Value.HeadersBytesMax;
        kestrel.Limits.MaxRequestBufferSize = Math.Max(ReadAheadBytesMax, options.Value.HeadersBytesMax);
        kestrel.Limits.RequestHeadersTimeout = options.Value.HeadersTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(BodyBytesPerSecondMin, TimeSpan.FromSeconds(5));
    }
}
