using System.Text;

namespace Aspire.Hosting.Printing;

/// <summary>
/// The one console that all processes share: each line says whose it is, and no line shows a secret parameter.
/// </summary>
internal sealed class ResourceConsole(TextWriter output)
{
    private const int FirstColor = 36; // cyan; the next ones are 35, 34, 33, 32
    private const int Colors = 5;

    private static readonly bool Colored =
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    private readonly Lock _lock = new();
    private readonly List<string> _names = [];
    private List<string> _secrets = [];
    private int _width;

    /// <summary>Whoever is going to write, so that all lines are aligned from the first one on.</summary>
    public void Align(IEnumerable<string> names)
    {
        _names.AddRange(names);
        _width = _names.Max(name => name.Length);
    }

    /// <summary>The longest first: a secret may be part of another.</summary>
    public void Hide(IEnumerable<string> secrets) =>
        _secrets = [.. secrets.Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length)];

    public string Hidden(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }

    public void WriteLine(string name, string text)
    {
        var line = new StringBuilder(name.PadRight(_width)).Append(" | ");
        if (Colored)
        {
            var color = FirstColor - (Math.Max(_names.IndexOf(name), 0) % Colors);
            line.Insert(0, $"\e[{color}m").Append("\e[0m");
        }

        line.Append(Hidden(text));
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }
}
