using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Processes;

/// <summary>Cuts what a process writes into lines; without empty ones, and without colours and cursor movements, for it has no terminal.</summary>
internal sealed partial class OutputLines(Action<string> onLine)
{
    private const int BufferBytes = 4096;

    /// <summary>A program that never ends a line must not fill our memory: its line is cut here.</summary>
    private const int LineCharactersMax = 16 * 1024;

    private readonly StringBuilder _line = new();

    public async Task ReadAsync(Stream output)
    {
        var bytes = new byte[BufferBytes];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(BufferBytes)];
        var decoder = Encoding.UTF8.GetDecoder();
        int read;
        while ((read = await output.ReadAsync(bytes)) > 0)
        {
            var count = decoder.GetChars(bytes, 0, read, characters, 0);
            for (var i = 0; i < count; i++)
            {
                Add(characters[i]);
            }
        }

        EndLine();
    }

    private void Add(char character)
    {
        if (character is '\n')
        {
            EndLine();
            return;
        }

        _line.Append(character);
        if (_line.Length == LineCharactersMax)
        {
            EndLine();
        }
    }

    private void EndLine()
    {
        var text = TerminalCommand().Replace(_line.ToString(), "").TrimEnd();
        _line.Clear();
        if (text.Length > 0)
        {
            onLine(text);
        }
    }

    /// <summary>ESC [ … and a letter; ESC ] … up to BEL or ESC \.</summary>
    [GeneratedRegex(@"\e\[[0-9;?]*[ -/]*[@-~]|\e\].*?(\a|\e\\)")]
    private static partial Regex TerminalCommand();
}
