using Processor.Recording;
using Processor.Testing.World;

namespace Processor.Testing.Outside;

/// <summary>The table <c>conversation-events</c> in memory.</summary>
internal sealed class FakeEventTable(TimeProvider time, Random random) : IEventTable
{
    /// <summary>DynamoDB's limits.</summary>
    private const int ItemBytesMax = 400 * 1024;

    private const int KeyBytesMax = 2048;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Subject, string Sort), EventItem> _items = [];
    private readonly Dictionary<string, SortedDictionary<string, EventItem>> _subjects = [];

    public Faults Faults { get; } = new(time, random);

    /// <summary>Which items the table calls wrong, beside those that DynamoDB would.</summary>
    public Predicate<EventItem> Refuses { get; set; } = _ => false;

    /// <summary>Puts that were served, those that changed nothing included.</summary>
    public int PutsTotal { get; private set; }

    /// <summary>As DynamoDB would bill them.</summary>
    public int UnitsTotal { get; private set; }

    public IReadOnlyList<EventItem> Items
    {
        get
        {
            lock (_gate)
            {
                return [.. _items.Values];
            }
        }
    }

    /// <summary>The items that stand for an event: parts of large bodies left out.</summary>
    public IReadOnlyList<EventItem> Events => [.. Items.Where(IsEvent)];

    /// <summary>What stands under one partition key, in the order of the sort key; parts of large bodies left out.</summary>
    public IReadOnlyList<EventItem> EventsOf(string subject)
    {
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out var items) ? [.. items.Values.Where(IsEvent)] : [];
        }
    }

    public Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken) =>
        Asking.AskAsync(() => ServeAsync(items), cancellationToken);

    private async Task<WriteAnswer> ServeAsync(IReadOnlyList<EventItem> items)
    {
        var fault = await Faults.ArriveAsync(nameof(WriteAsync), isBatch: true);
        var answer = fault == Fault.Away ? new WriteAnswer.Unavailable("away") : Write(items, fault);
        await Faults.TravelAsync();
        return fault == Fault.AnswerLost ? new WriteAnswer.Unavailable("answer-lost") : answer;
    }

    private WriteAnswer Write(IReadOnlyList<EventItem> items, Fault fault)
    {
        if (items.Count is 0 or > IEventTable.ItemsMax || HasTwins(items) || items.Any(IsWrong))
        {
            return new WriteAnswer.Refused("ValidationException");
        }

        var unserved = Faults.Unserved(fault, items.Count);
        lock (_gate)
        {
            for (var position = 0; position < items.Count; position++)
            {
                if (!unserved[position])
                {
                    var item = items[position];
                    Put_NeedsLock(item);
                    PutsTotal++;
                    UnitsTotal += (EventItems.SizeOf(item) + EventItems.WriteUnitBytes - 1) / EventItems.WriteUnitBytes;
                }
            }
        }

        return new WriteAnswer.Written([.. Enumerable.Range(0, items.Count).Where(position => unserved[position])]);
    }

    private void Put_NeedsLock(EventItem item)
    {
        _items[(item.Subject, item.Sort)] = item;
        if (!_subjects.TryGetValue(item.Subject, out var items))
        {
            _subjects[item.Subject] = items = new SortedDictionary<string, EventItem>(StringComparer.Ordinal);
        }

        items[item.Sort] = item;
    }

    private static bool IsEvent(EventItem item) =>
        item.Sort.IndexOf('#', StringComparison.Ordinal) == item.Sort.LastIndexOf('#');

    private bool IsWrong(EventItem item) =>
        item.Subject.Length is 0 or > KeyBytesMax || EventItems.SizeOf(item) > ItemBytesMax || Refuses(item);

    private static bool HasTwins(IReadOnlyList<EventItem> items) =>
        items.DistinctBy(item => (item.Subject, item.Sort)).Count() < items.Count;
}
