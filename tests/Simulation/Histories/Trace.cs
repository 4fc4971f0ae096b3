using System.Globalization;
using Testing;

namespace Simulation.Histories;

/// <summary>The last steps of a run. Off unless a failing seed is run again: what nobody reads costs nothing.</summary>
/// <param name="world">Whose clock it tells.</param>
/// <param name="stepsMax">How many steps it keeps; with none, nothing is written down.</param>
internal sealed class Trace(SimulatedWorld world, int stepsMax)
{
    private readonly Queue<string> _last = [];

    public bool IsOn => stepsMax > 0;

    /// <summary>All steps, for the comparison of two runs.</summary>
    public int Hash { get; private set; }

    public IReadOnlyCollection<string> Last => _last;

    public void Add(string who, string what)
    {
        if (!IsOn)
        {
            return;
        }

        var step = string.Create(
            CultureInfo.InvariantCulture,
            $"{world.Elapsed.TotalSeconds, 10:F3} s  {who, -9} {what}"
        );
        _last.Enqueue(step);
        Hash = HashOf(step);
        if (_last.Count > stepsMax)
        {
            _last.Dequeue();
        }
    }

    /// <summary>Not <see cref="string.GetHashCode()"/>, which differs from one process to the next.</summary>
    private int HashOf(string step) => step.Aggregate(Hash, (hash, sign) => unchecked((hash * 31) + sign));
}
