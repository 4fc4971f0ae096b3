using Operations.Answering;

namespace Operations.Conversations;

internal static class ConversationsFeature
{
    public static void AddConversations(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<ConversationOptions, ConversationOptionsValidator>(ConversationOptions.Section);
        builder.Services.AddSingleton<ConversationDesk>();
    }

    public static void MapConversations(this IEndpointRouteBuilder api) =>
        api.MapGet("/conversations/{id}", FindAsync)
            .WithTags("Conversations")
            .WithSummary(
                "A conversation's events in their order, its dead letters and its summary; bodies and summary masked."
            );

    private static async Task<IResult> FindAsync(
        string id,
        ConversationDesk desk,
        CancellationToken cancellationToken
    ) => (await desk.FindAsync(id, cancellationToken)).ToResult();
}
