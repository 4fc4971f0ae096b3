namespace GenesysMock.Traffic;

/// <summary>The part of a conversation that begins in a queue: waiting, being let ring, being served, or giving up.</summary>
internal sealed class QueueChapter
{
    private readonly ConversationDraft _draft;
    private readonly Chance _chance;
    private readonly Organization _organization;
    private readonly WorkQueue _queue;
    private readonly Party _waiting;
    private readonly DateTimeOffset _since;

    public QueueChapter(ConversationDraft draft, Organization organization, Chance chance)
    {
        _draft = draft;
        _chance = chance;
        _organization = organization;
        _queue = chance.Pick(organization.Queues);
        _waiting = draft.NewParty();
        _since = draft.After(ConversationDraft.Instant);
        draft.Add(draft.Events.AcdStart(_waiting, _since, _queue));
    }

    /// <summary>The customer gives up.</summary>
    public void IsAbandoned()
    {
        _draft.After(_chance.Seconds(5, 20));
        StopsWaiting(answeredBy: null);
    }

    public void RingsInVain()
    {
        var user = _chance.Pick(_organization.Users);
        var party = _draft.NewParty();
        var start = _draft.After(_chance.Seconds(1, 4));
        _draft.Add(_draft.Events.UserStart(party, start, user, _queue));

        var end = _draft.After(_chance.Seconds(2, 5));
        _draft.Add(
            _draft.Events.UserEnd(
                party,
                end,
                user,
                _queue,
                "NO_ANSWER_TRANSFER",
                end - start,
                interacting: TimeSpan.Zero
            )
        );
        _draft.Add(AgentWho(party, user, start, end, "NO_ANSWER_TRANSFER"));
    }

    public void IsAnswered(double transcribed, bool transferred)
    {
        var user = _chance.Pick(_organization.Users);
        var party = _draft.NewParty();
        var alerted = _draft.After(_chance.Seconds(1, 10));
        _draft.Add(_draft.Events.UserStart(party, alerted, user, _queue));

        var answered = _draft.After(_chance.Seconds(1, 3));
        StopsWaiting(user);
        Talk(party, transcribed);

        var disconnectType = transferred ? "TRANSFER" : "PEER";
        var end = _draft.Now;
        _draft.Add(
            _draft.Events.UserEnd(
                party,
                end,
                user,
                _queue,
                disconnectType,
                answered - alerted,
                interacting: end - answered
            )
        );
        _draft.Add(AgentWho(party, user, alerted, end, disconnectType) with { AnsweredAt = answered });
    }

    private void StopsWaiting(Agent? answeredBy)
    {
        var now = _draft.Now;
        var waited = now - _since;
        _draft.Add(_draft.Events.AcdEnd(_waiting, now, _queue, waited, answeredBy));
        if (answeredBy is not null && _chance.Happens(0.2))
        {
            _draft.Add(MetricEvents.Answered(_draft.Conversation, _waiting, _queue, answeredBy, now, waited, _chance));
        }

        _draft.Add(
            new Participant
            {
                Party = _waiting,
                Purpose = Purpose.Acd,
                Name = _queue.Name,
                StartsAt = _since,
                EndsAt = now,
                DisconnectType = answeredBy is null ? "ENDPOINT" : "TRANSFER",
                Queue = _queue,
                User = answeredBy,
            }
        );
    }

    private void Talk(Party agent, double transcribed)
    {
        if (_draft.Conversation.Media != MediaType.Voice || !_chance.Happens(transcribed))
        {
            _draft.After(_chance.Seconds(6, 40));
            return;
        }

        var transcription = new TranscriptionEvents(_draft.Conversation, _organization, agent, _draft.Now, _chance);
        for (var utterances = _chance.Between(1, 6); utterances > 0; utterances--)
        {
            _draft.Add(transcription.Utterance(_draft.After(_chance.Seconds(2, 8))));
        }

        // It ends a moment after the agent has gone, when the line is quiet.
        var quiet = _draft.After(_chance.Seconds(1, 6));
        _draft.Add(transcription.Ended(quiet.AddMilliseconds(200)));
    }

    private Participant AgentWho(
        Party party,
        Agent user,
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
            Queue = _queue,
            StartsAt = start,
            EndsAt = end,
            DisconnectType = disconnectType,
        };
}
