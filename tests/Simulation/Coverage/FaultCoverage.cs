using System.Globalization;
using System.Text;

namespace Simulation.Coverage;

/// <summary>How often each fault met each stage, over all seeds: what was not met was not tried.</summary>
internal sealed class FaultCoverage
{
    private static readonly Stage[] AllStages = Enum.GetValues<Stage>();

    private const int NameWidth = 32;

    private readonly SortedDictionary<string, long[]> _met = new(StringComparer.Ordinal);

    public void Met(string fault, Stage stage, long times = 1)
    {
        if (!_met.TryGetValue(fault, out var row))
        {
            _met[fault] = row = new long[AllStages.Length];
        }

        row[(int)stage] += times;
    }

    public long Of(string fault) => _met.TryGetValue(fault, out var row) ? row.Sum() : 0;

    public string Table()
    {
        var text = new StringBuilder();
        text.Append("fault".PadRight(NameWidth));
        foreach (var stage in AllStages)
        {
            text.Append(CultureInfo.InvariantCulture, $"{stage.ToString().ToLowerInvariant(), 10}");
        }

        foreach (var (fault, row) in _met)
        {
            text.AppendLine().Append(fault.PadRight(NameWidth));
            foreach (var met in row)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(met == 0 ? "." : $"{met:N0}"), 10}");
            }
        }

        return text.ToString();
    }
}
