using GenesysMock.Conversations;
using GenesysMock.Gate;
using GenesysMock.Truth;

namespace GenesysMock.Answers;

internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/conversations/{conversationId}", GetAsync);
        api.MapPatch(
            "/conversations/{conversationId}/participants/{participantId}/attributes",
            (HttpContext context, string conversationId, string participantId, AttributesDesk desk) =>
                desk.PatchAsync(context, conversationId, participantId)
        );
    }

    private static Task GetAsync(
        HttpContext context,
        string conversationId,
        ConversationDirectory directory,
        ApiTruth truth,
        TimeProvider time
    )
    {
        truth.Fetched([conversationId]);
        truth.Read(conversationId);
        return directory.Find(conversationId) is { } known
            ? context.AnswerAsync(new ConversationAnswer(known, time.GetUtcNow()).Build())
            : context.AnswerAsync(ApiError.NotFound);
    }
}
