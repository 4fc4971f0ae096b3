namespace Processor.Recording;

/// <summary>
/// A bounded memory of strings, oldest out first. What is in it is certain; what is not in it may still be so: only ever a reason
/// to skip work that is done, never to do less than is due.
/// </summary>
internal sealed class RecentKeys(int keysMax)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool Contains(string key)
    {
        lock (_gate)
        {
            return _known.Contains(key);
        }
    }

    /// <returns>False when it was known already.</returns>
    public bool Add(string key)
    {
        lock (_gate)
        {
            if (!_known.Add(key))
            {
                return false;
            }

            _order.Enqueue(key);
            while (_order.Count > keysMax)
            {
                _known.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
