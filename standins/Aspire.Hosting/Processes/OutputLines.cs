using System.Text;

namespace Aspire.Hosting.Processes;

/// <summary>Cuts what a process writes into lines.</summary>
internal static class OutputLines
{
    private const int BufferBytes = 4096;

    /// <summary>A program that never ends a line must not fill our memory: its line is cut here.</summary>
    private const int LineCharactersMax = 16 * 1024;

    public static async Task ReadAsync(Stream output, Action<string> onLine)
    {
        var bytes = new byte[BufferBytes];
        var characters = new char[BufferBytes];
        var decoder = Encoding.UTF8.GetDecoder();
        var line = new StringBuilder();
        int read;
        while ((read = await output.ReadAsync(bytes)) > 0)
        {
            foreach (var character in characters.AsMemory(0, decoder.GetChars(bytes, 0, read, characters, 0)).ToArray())
            {
                if (character is not ('\n' or '\r'))
                {
                    line.Append(character);
                }

                if (character is '\n' || line.Length == LineCharactersMax)
                {
                    onLine(line.ToString());
                    line.Clear();
                }
            }
        }

        if (line.Length > 0)
        {
            onLine(line.ToString());
        }
    }
}
