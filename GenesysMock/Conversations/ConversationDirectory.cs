using System.Collections.Concurrent;
using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Conversations;

/// <summary>The conversations the API knows: those of which an event was published, the latest so many of them.</summary>
internal sealed class ConversationDirectory(TimeProvider time, IOptions<ConversationOptions> options)
{
    private readonly ConcurrentDictionary<string, KnownConversation> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _oldestFirst = new();

    public int Count => _known.Count;

    public IEnumerable<KnownConversation> All => _known.Values;

    public void Learn(Conversation conversation)
    {
        if (_known.ContainsKey(conversation.Id))
        {
            return;
        }

        if (_known.TryAdd(conversation.Id, new KnownConversation(conversation, time.GetUtcNow())))
        {
            _oldestFirst.Enqueue(conversation.Id);
            while (_oldestFirst.Count > options.Value.ConversationsMax && _oldestFirst.TryDequeue(out var oldest))
            {
                _known.TryRemove(oldest, out _);
            }
        }
    }

    public KnownConversation? Find(string id) => _known.GetValueOrDefault(id);
}
