namespace GenesysMock.Truth;

/// <summary>What was written to participants, value by value, and who had looked before. Who calls holds the lock.</summary>
internal sealed class WriteLog
{
    private const int WrittenMax = 20_000;
    private const int ReadMax = 200_000;

    private readonly Dictionary<
        (string Conversation, string Participant, string Name, string Value),
        WrittenAttribute
    > _written = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public IReadOnlyList<WrittenAttribute> All => [.. _written.Values];

    public void Read(string conversationId)
    {
        if (_read.Count < ReadMax)
        {
            _read.Add(conversationId);
        }
    }

    public void Write(string conversationId, string participantId, string name, string value)
    {
        var key = (conversationId, participantId, name, value);
        if (_written.TryGetValue(key, out var known))
        {
            _written[key] = known with { Times = known.Times + 1 };
        }
        else if (_written.Count < WrittenMax)
        {
            _written[key] = new WrittenAttribute(
                conversationId,
                participantId,
                name,
                value,
                Times: 1,
                Looked: _read.Contains(conversationId)
            );
        }
    }

    public void Clear()
    {
        _written.Clear();
        _read.Clear();
    }
}
