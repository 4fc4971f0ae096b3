namespace Bench.Programs;

/// <summary>How a program of ASP.NET Core says that it works, and where.</summary>
internal static class WebProgram
{
    public const string ReadyWords = "Now listening on: ";

    public static Uri UrlIn(string readyLine)
    {
        var at = readyLine.IndexOf(ReadyWords, StringComparison.Ordinal) + ReadyWords.Length;
        var end = readyLine.IndexOfAny([' ', '"'], at);
        return new Uri(end < 0 ? readyLine[at..] : readyLine[at..end]);
    }
}
