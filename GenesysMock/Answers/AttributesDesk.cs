using System.Collections.Immutable;
using GenesysMock.Conversations;
using GenesysMock.Gate;
using GenesysMock.Publishing;
using GenesysMock.Traffic;
using GenesysMock.Truth;

namespace GenesysMock.Answers;

/// <summary>
/// <c>PATCH …/participants/{id}/attributes</c>. The change can be read back, and it is an event like any other: who patches
/// because of attributes events has made himself a loop.
/// </summary>
internal sealed class AttributesDesk(
    TimeProvider time,
    ConversationDirectory directory,
    PlatformEvents events,
    ApiTruth truth
)
{
    public async Task PatchAsync(HttpContext context, string conversationId, string participantId)
    {
        var (patch, error) = await RequestBody.ReadAsync<AttributesPatch>(context.Request, context.RequestAborted);
        if (patch is null)
        {
            await context.AnswerAsync(error!);
            return;
        }

        var known = directory.Find(conversationId);
        var participant = known?.Conversation.Participants.FirstOrDefault(one =>
            one.Party.ParticipantId == participantId
        );
        if (known is null || participant is null)
        {
            await context.AnswerAsync(ApiError.NotFound);
            return;
        }

        if (patch.Attributes is not { Count: > 0 } values)
        {
            await context.AnswerAsync(ApiError.BadRequest);
            return;
        }

        var changed = known.Patch(participantId, values);
        truth.Patched(conversationId, participantId, values, repeated: !changed);
        await events.PublishAsync(
            known.Conversation,
            participant.Party,
            new AttributeChange(time.GetUtcNow(), values),
            context.RequestAborted
        );
        await context.AnswerAsync(new AttributesPatch(values), StatusCodes.Status202Accepted);
    }

    private sealed record AttributesPatch(ImmutableDictionary<string, string>? Attributes);
}
