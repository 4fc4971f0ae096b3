using GenesysMock.Conversations;
using GenesysMock.Gate;
using GenesysMock.Scenarios;
using GenesysMock.Traffic;
using GenesysMock.Truth;
using Microsoft.Extensions.Options;

namespace GenesysMock.Answers;

internal static class AnswersFeature
{
    private const string Api = "/api";

    public static void AddAnswers(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ConversationOptions, ConversationOptionsValidator>(ConversationOptions.Section);
        builder.Services.AddSingleton(services =>
            Organization.FromSeed(services.GetRequiredService<IOptions<ScenarioOptions>>().Value.Seed)
        );
        builder.Services.AddSingleton<ConversationDirectory>();
        builder.Services.AddSingleton<ApiTruth>();
        builder.Services.AddSingleton<BearerToken>();
        builder.Services.AddSingleton<Refusal>();
        builder.Services.AddSingleton<AnalyticsDesk>();
        builder.Services.AddSingleton<AttributesDesk>();
    }

    public static void UseGate(this WebApplication app) =>
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Api, StringComparison.Ordinal),
            api => api.UseMiddleware<ApiGate>()
        );

    public static void MapAnswers(this WebApplication app)
    {
        var api = app.MapGroup($"{Api}/v2");
        api.MapConversations();
        api.MapAnalytics();
        api.MapUsers();
        api.MapRouting();
        api.MapAccount();
        app.MapFallback($"{Api}/{{**rest}}", context => context.AnswerAsync(ApiError.NotFound));
    }
}
