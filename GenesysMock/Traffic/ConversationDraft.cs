namespace GenesysMock.Traffic;

/// <summary>
/// A conversation while it is being told: each method is one chapter that moves the clock on, adds who took part, and
/// notes what was published meanwhile.
/// </summary>
internal sealed class ConversationDraft
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(100);

    private readonly Organization _organization;
    private readonly TrafficShape _shape;
    private readonly Chance _chance;
    private readonly Conversation _conversation;
    private readonly DetailEvents _events;
    private readonly Party _customer;
    private readonly List<AttributeChange> _attributes = [];
    private readonly List<Participant> _participants = [];
    private readonly List<Happening> _happenings = [];

    private DateTimeOffset _now;

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
        _now = start;
        var isVoice = media == MediaType.Voice;
        _conversation = new Conversation
        {
            Id = chance.Id(),
            Media = media,
            Outbound = outbound,
            Start = start,
            DivisionId = organization.DivisionId,
            ExternalContactId = chance.Id(),
            CustomerName = "Anytown US",
            CustomerAddress = isVoice
                ? $"tel:+1555555{chance.Between(100, 9999):0000}"
                : $"guest-{chance.Between(1, 99_999)}",
            OurAddress = isVoice ? "tel:+15555550000" : "acme",
        };
        _events = new DetailEvents(_conversation, organization, chance, shape.Unknown);
        _customer = NewParty();
    }

    public IReadOnlyList<Happening> Happenings => _happenings;

    public void CustomerArrives()
    {
        _happenings.Add(_events.CustomerStart(_customer, _now));
        if (_conversation.Outbound)
        {
            _happenings.Add(_events.Outbound(_customer, _now));
        }
    }

    public void PassesFlow(bool toQueue = true)
    {
        var flow = _chance.Pick(_organization.Flows);
        var party = NewParty();
        var start = After(TimeSpan.FromMilliseconds(300));
        _happenings.Add(_events.FlowStart(party, start, flow));

        After(Seconds(1, 3));
        SetAttributes();
        _happenings.Add(_events.Contact(_customer, After(Seconds(1, 2))));
        _happenings.Add(_events.FlowOutcome(party, After(Seconds(1, 3)), flow, start));

        var end = After(Seconds(1, 2));
        _happenings.Add(_events.FlowEnd(party, end, flow, end - start, toQueue));
        _participants.Add(
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

    /// <summary>The customer waits, and gives up.</summary>
    public void AbandonsQueue()
    {
        var waiting = StartsWaiting();
        After(Seconds(5, 20));
        StopsWaiting(waiting, answeredBy: null);
    }

    /// <summary>The customer waits; <paramref name="rejections"/> agents let it ring before one answers.</summary>
    public void IsServed(int rejections = 0, bool transferred = false)
    {
        var waiting = StartsWaiting();
        for (var rejected = 0; rejected < rejections; rejected++)
        {
            AgentRejects(waiting.Queue);
        }

        var agent = AgentAnswers(waiting);
        Talk(agent);
        AgentLeaves(agent, transferred ? "TRANSFER" : "PEER");
    }

    /// <summary>Mail with more than one action: the same agent is given it again and again.</summary>
    public void IsWorkedOn(int times)
    {
        for (var time = 0; time < times; time++)
        {
            IsServed(transferred: time < times - 1);
        }
    }

    public void CustomerLeaves()
    {
        var end = After(TimeSpan.FromMilliseconds(50));
        _happenings.Add(_events.CustomerEnd(_customer, end, "ENDPOINT", end - _conversation.Start));
        if (_chance.Happens(_shape.Unknown))
        {
            _happenings.Add(_events.UnknownKind(_customer, end));
        }

        _participants.Insert(
            0,
            new Participant
            {
                Party = _customer,
                Purpose = Purpose.Customer,
                Name = _conversation.CustomerName,
                StartsAt = _conversation.Start,
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
        _conversation with
        {
            End = _participants[0].EndsAt,
            Participants = [.. _participants],
        };

    private (Party Party, WorkQueue Queue, DateTimeOffset Since) StartsWaiting()
    {
        var waiting = (Party: NewParty(), Queue: _chance.Pick(_organization.Queues), Since: After(Instant));
        _happenings.Add(_events.AcdStart(waiting.Party, waiting.Since, waiting.Queue));
        return waiting;
    }

    private void StopsWaiting((Party Party, WorkQueue Queue, DateTimeOffset Since) waiting, Agent? answeredBy)
    {
        var waited = _now - waiting.Since;
        _happenings.Add(_events.AcdEnd(waiting.Party, _now, waiting.Queue, waited, answeredBy));
        if (answeredBy is not null && _chance.Happens(0.2))
        {
            _happenings.Add(
                MetricEvents.Answered(_conversation, waiting.Party, waiting.Queue, answeredBy, _now, waited, _chance)
            );
        }

        _participants.Add(
            new Participant
            {
                Party = waiting.Party,
                Purpose = Purpose.Acd,
                Name = waiting.Queue.Name,
                StartsAt = waiting.Since,
                EndsAt = _now,
                DisconnectType = answeredBy is null ? "ENDPOINT" : "TRANSFER",
                Queue = waiting.Queue,
                User = answeredBy,
            }
        );
    }

    private void AgentRejects(WorkQueue queue)
    {
        var user = _chance.Pick(_organization.Users);
        var party = NewParty();
        var start = After(Seconds(1, 4));
        _happenings.Add(_events.UserStart(party, start, user, queue));

        var end = After(Seconds(2, 5));
        _happenings.Add(_events.UserEnd(party, end, user, queue, "NO_ANSWER_TRANSFER", end - start, TimeSpan.Zero));
        _participants.Add(AgentParticipant(party, user, queue, start, end, "NO_ANSWER_TRANSFER"));
    }

    private Participant AgentAnswers((Party Party, WorkQueue Queue, DateTimeOffset Since) waiting)
    {
        var user = _chance.Pick(_organization.Users);
        var party = NewParty();
        var alerted = After(Seconds(1, 10));
        _happenings.Add(_events.UserStart(party, alerted, user, waiting.Queue));

        var answered = After(Seconds(1, 3));
        StopsWaiting(waiting, user);
        return AgentParticipant(party, user, waiting.Queue, alerted, answered, "PEER") with { AnsweredAt = answered };
    }

    private void Talk(Participant agent)
    {
        if (_conversation.Media != MediaType.Voice || !_chance.Happens(_shape.Transcribed))
        {
            After(Seconds(6, 40));
            return;
        }

        var transcription = new TranscriptionEvents(_conversation, _organization, agent.Party, _now, _chance);
        for (var utterances = _chance.Between(1, 6); utterances > 0; utterances--)
        {
            _happenings.Add(transcription.Utterance(After(Seconds(2, 8))));
        }

        // It ends a moment after the agent has gone, when the line is quiet.
        var quiet = After(Seconds(1, 6));
        _happenings.Add(transcription.Ended(quiet.AddMilliseconds(200)));
    }

    private void AgentLeaves(Participant agent, string disconnectType)
    {
        var answered = agent.AnsweredAt ?? throw new InvalidOperationException($"{agent.Name} never answered.");
        var user = agent.User!;
        _happenings.Add(
            _events.UserEnd(
                agent.Party,
                _now,
                user,
                agent.Queue!,
                disconnectType,
                alerting: answered - agent.StartsAt,
                interacting: _now - answered
            )
        );
        _participants.Add(agent with { EndsAt = _now, DisconnectType = disconnectType });
    }

    private WrapUp WrapsUp(Participant agent, bool reopened)
    {
        var duration = Seconds(2, 12);
        var wrapUp = new WrapUp(_chance.Pick(_organization.WrapUpCodes), "Refund promised", duration, After(duration));
        _happenings.Add(_events.Wrapped(agent.Party, wrapUp.EndsAt, agent.Queue!, wrapUp));
        _happenings.Add(_events.AfterCallWork(agent.Party, After(Instant), agent.User!, agent.Queue!, wrapUp));
        if (reopened)
        {
            _happenings.Add(
                _events.AfterCallWork(agent.Party, After(Seconds(2, 10)), agent.User!, agent.Queue!, wrapUp)
            );
        }

        return wrapUp;
    }

    private void SetAttributes()
    {
        for (var changes = _chance.Between(1, 2); changes > 0; changes--)
        {
            var change = new AttributeChange(
                After(Instant),
                AttributeEvents.Values(_chance, _shape.Large, _shape.LargeBytesMax)
            );
            _attributes.Add(change);
            _happenings.Add(
                AttributeEvents.Of(
                    _conversation,
                    _customer,
                    change,
                    _chance.Between(TimeSpan.FromMilliseconds(262), TimeSpan.FromMilliseconds(378)),
                    _chance.Id(),
                    _chance.Happens(_shape.Unknown) ? _organization.Id : null
                )
            );
        }
    }

    private static Participant AgentParticipant(
        Party party,
        Agent user,
        WorkQueue queue,
        DateTimeOffset start,
        DateTimeOffset end,
        string disconnectType
    ) =>
        new()
        {
            Party = party,
            Purpose = Purpose.Agent,
            Name = user.Name,
            User = user,
            Queue = queue,
            StartsAt = start,
            EndsAt = end,
            DisconnectType = disconnectType,
        };

    private Party NewParty() => new(_chance.Id(), _chance.Id());

    private TimeSpan Seconds(int least, int most) =>
        _chance.Between(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));

    private DateTimeOffset After(TimeSpan passed) => _now += passed;
}
