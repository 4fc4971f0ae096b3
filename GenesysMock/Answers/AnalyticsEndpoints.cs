namespace GenesysMock.Answers;

internal static class AnalyticsEndpoints
{
    public static void MapAnalytics(this IEndpointRouteBuilder api)
    {
        api.MapGet(
            "/analytics/conversations/{conversationId}/details",
            (HttpContext context, string conversationId, AnalyticsDesk desk) => desk.OneAsync(context, conversationId)
        );
        api.MapGet(
            "/analytics/conversations/details",
            (HttpContext context, AnalyticsDesk desk) => desk.ManyAsync(context)
        );
        api.MapPost(
            "/analytics/conversations/details/query",
            (HttpContext context, AnalyticsDesk desk) => desk.QueryAsync(context)
        );
    }
}
