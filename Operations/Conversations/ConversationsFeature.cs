using System.ComponentModel;
using Operations.Answering;

namespace Operations.Conversations;

internal static class ConversationsFeature
{
    private const int TakeDefault = 50;

    public static void AddConversations(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<ConversationOptions, ConversationOptionsValidator>(ConversationOptions.Section);
        builder.Services.AddSingleton<ConversationDesk>();
    }

    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        var conversations = api.MapGroup("/conversations").WithTags("Conversations");
        conversations
            .MapGet("", LatestAsync)
            .WithSummary(
                "Conversations, the one that was summarised last first; of so many of the table as are looked through (Conversations:BrowsedMax). isCut says that there are more."
            );
        conversations
            .MapGet("/{id}", FindAsync)
            .WithSummary(
                "A conversation's events in their order, its dead letters and its summary; bodies and summary masked."
            );
    }

    private static async Task<BrowsedConversations> LatestAsync(
        ConversationDesk desk,
        [Description("At most so many; 50 unless said otherwise.")] int? take,
        CancellationToken cancellationToken
    ) => await desk.LatestAsync(Math.Clamp(take ?? TakeDefault, 1, ConversationDesk.LatestMax), cancellationToken);

    private static async Task<IResult> FindAsync(
        string id,
        ConversationDesk desk,
        CancellationToken cancellationToken
    ) => (await desk.FindAsync(id, cancellationToken)).ToResult();
}
