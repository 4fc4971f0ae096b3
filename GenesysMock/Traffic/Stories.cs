namespace GenesysMock.Traffic;

internal enum Story
{
    InboundVoice,
    LeftInFlow,
    Abandoned,
    Rejected,
    Transferred,
    Reopened,
    Message,
    Chat,
    Email,
    Outbound,
}

/// <summary>The ways in which a conversation can go.</summary>
internal sealed class Stories(Organization organization, Chance chance)
{
    private static readonly Story[] Mix =
    [
        .. Enumerable.Repeat(Story.InboundVoice, 8),
        Story.LeftInFlow,
        Story.Abandoned,
        Story.Abandoned,
        Story.Rejected,
        Story.Transferred,
        Story.Transferred,
        Story.Reopened,
        Story.Message,
        Story.Message,
        Story.Chat,
        Story.Email,
        Story.Outbound,
    ];

    public (Conversation Conversation, IReadOnlyList<Happening> Happenings) Any(
        TrafficShape shape,
        DateTimeOffset start
    ) => Tell(chance.Pick(Mix), shape, start);

    public (Conversation Conversation, IReadOnlyList<Happening> Happenings) Tell(
        Story story,
        TrafficShape shape,
        DateTimeOffset start
    )
    {
        var draft = new ConversationDraft(organization, shape, chance, start, MediaOf(story), story is Story.Outbound);
        draft.CustomerArrives();
        switch (story)
        {
            case Story.LeftInFlow:
                draft.PassesFlow(toQueue: false);
                break;
            case Story.Abandoned:
                draft.PassesFlow();
                draft.AbandonsQueue();
                break;
            case Story.Rejected:
                draft.PassesFlow();
                draft.IsServed(rejections: chance.Between(1, 2));
                break;
            case Story.Transferred:
                draft.PassesFlow();
                draft.IsServed(transferred: true);
                draft.IsServed();
                break;
            case Story.Email:
                draft.PassesFlow();
                // Mail with more than one action is given to an agent again and again.
                for (var actions = chance.Between(1, 2); actions > 0; actions--)
                {
                    draft.IsServed(transferred: true);
                }

                draft.IsServed();
                break;
            case Story.Outbound:
                draft.IsServed();
                break;
            default:
                draft.PassesFlow();
                draft.IsServed();
                break;
        }

        draft.CustomerLeaves();
        draft.IsWrappedUp(reopened: story is Story.Reopened);
        return (draft.Finish(), [.. draft.Happenings.OrderBy(happening => happening.At)]);
    }

    private static MediaType MediaOf(Story story) =>
        story switch
        {
            Story.Message => MediaType.Message,
            Story.Chat => MediaType.Chat,
            Story.Email => MediaType.Email,
            _ => MediaType.Voice,
        };
}
