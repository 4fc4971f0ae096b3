namespace GenesysMock.Traffic;

/// <summary>
/// A conversation while it is being told: each method is one chapter that moves the clock on, adds who took part, and
/// notes what was published meanwhile.
/// </summary>
internal sealed class ConversationDraft
{
    public static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(100);

    private readonly Organization _organization;
    private readonly TrafficShape _shape;
    private readonly Chance _chance;
    private readonly Party _customer;
    private readonly List<AttributeChange> _attributes = [];
    private readonly List<Participant> _participants = [];
    private readonly List<Happening> _happenings = [];

    public ConversationDraft(
        Organization organization,
        TrafficShape shape,
        Chance chance,
        DateTimeOffset start,
        MediaType media,
        bool outbound = false
    )
    {
        _organization = organization;
        _shape = shape;
        _chance = chance;
        Now = start;
        var isVoice = media == MediaType.Voice;
        Conversation = new Conversation
        {
            Id = chance.Id(),
            Media = media,
            Outbound = outbound,
            Start = start,
            DivisionId = organization.DivisionId,
            ExternalContactId = chance.Id(),
            CustomerName = "Anytown US",
            CustomerAddress = isVoice
                ? $"tel:+1555555{chance.Between(0, 9999):0000}"
                : $"guest-{chance.Between(1, 99_999)}",
            OurAddress = isVoice ? "tel:+15555550000" : "acme",
        };
        Events = new DetailEvents(Conversation, organization, chance, shape.Unknown);
        _customer = NewParty();
    }

    /// <summary>As far as it is known from the beginning: without an end and without participants.</summary>
    public Conversation Conversation { get; }

    public DetailEvents Events { get; }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<Happening> Happenings => _happenings;

    public void CustomerArrives()
    {
        Add(Events.CustomerStart(_customer, Now));
        if (Conversation.Outbound)
        {
            Add(Events.Outbound(_customer, Now));
        }
    }

    public void PassesFlow(bool toQueue = true)
    {
        var flow = _chance.Pick(_organization.Flows);
        var party = NewParty();
        var start = After(TimeSpan.FromMilliseconds(300));
        Add(Events.FlowStart(party, start, flow));

        After(_chance.Seconds(1, 3));
        SetAttributes();
        Add(Events.Contact(_customer, After(_chance.Seconds(1, 2))));
        Add(Events.FlowOutcome(party, After(_chance.Seconds(1, 3)), flow, start));

        var end = After(_chance.Seconds(1, 2));
        Add(Events.FlowEnd(party, end, flow, end - start, toQueue));
        Add(
            new Participant
            {
                Party = party,
                Purpose = Purpose.Ivr,
                Name = flow.Name,
                StartsAt = start,
                EndsAt = end,
                DisconnectType = toQueue ? "TRANSFER" : "ENDPOINT",
                Flow = flow,
            }
        );
    }

    public void AbandonsQueue() => EntersQueue().IsAbandoned();

    /// <summary>Served by an agent, after <paramref name="rejections"/> others have let it ring.</summary>
    public void IsServed(int rejections = 0, bool transferred = false)
    {
        var queue = EntersQueue();
        for (var rejected = 0; rejected < rejections; rejected++)
        {
            queue.RingsInVain();
        }

        queue.IsAnswered(_shape.Transcribed, transferred);
    }

    public void CustomerLeaves()
    {
        var end = After(TimeSpan.FromMilliseconds(50));
        Add(Events.CustomerEnd(_customer, end, "ENDPOINT", end - Conversation.Start));
        if (_chance.Happens(_shape.Unknown))
        {
            Add(Events.UnknownKind(_customer, end));
        }

        _participants.Insert(
            0,
            new Participant
            {
                Party = _customer,
                Purpose = Purpose.Customer,
                Name = Conversation.CustomerName,
                StartsAt = Conversation.Start,
                EndsAt = end,
                DisconnectType = "ENDPOINT",
                Attributes = [.. _attributes],
            }
        );
    }

    /// <summary>What the agents write when the customer is gone; <paramref name="reopened"/> says it all once more.</summary>
    public void IsWrappedUp(bool reopened = false)
    {
        for (var index = 0; index < _participants.Count; index++)
        {
            if (_participants[index] is { AnsweredAt: not null } agent)
            {
                _participants[index] = agent with { WrapUp = WrapsUp(agent, reopened) };
            }
        }
    }

    public Conversation Finish() =>
        Conversation with
        {
            End = _participants[0].EndsAt,
            Participants = [.. _participants],
        };

    public void Add(Happening happening) => _happenings.Add(happening);

    public void Add(Participant participant) => _participants.Add(participant);

    public Party NewParty() => new(_chance.Id(), _chance.Id());

    /// <summary>Moves the clock on, and says what it shows then.</summary>
    public DateTimeOffset After(TimeSpan passed) => Now += passed;

    private QueueChapter EntersQueue() => new(this, _organization, _chance);

    private WrapUp WrapsUp(Participant agent, bool reopened)
    {
        var duration = _chance.Seconds(2, 12);
        var wrapUp = new WrapUp(_chance.Pick(_organization.WrapUpCodes), "Refund promised", duration, After(duration));
        Add(Events.Wrapped(agent.Party, wrapUp.EndsAt, agent.Queue!, wrapUp));
        Add(Events.AfterCallWork(agent.Party, After(Instant), agent.User!, agent.Queue!, wrapUp));
        if (reopened)
        {
            Add(Events.AfterCallWork(agent.Party, After(_chance.Seconds(2, 10)), agent.User!, agent.Queue!, wrapUp));
        }

        return wrapUp;
    }

    private void SetAttributes()
    {
        for (var changes = _chance.Between(1, 2); changes > 0; changes--)
        {
            var values = AttributeEvents.Values(_chance, _shape.Large, _shape.LargeBytesMax);
            var change = new AttributeChange(After(Instant), values);
            _attributes.Add(change);
            Add(
                AttributeEvents.Of(
                    Conversation,
                    _customer,
                    change,
                    _chance.PublishLag(),
                    _chance.Id(),
                    _chance.Happens(_shape.Unknown) ? _organization.Id : null
                )
            );
        }
    }
}
