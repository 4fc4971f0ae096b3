using Operations.Answering;

namespace Operations.Commands;

/// <summary>What a command says, and its exit code: 0 done, 1 refused, 2 nobody answers. A refusal goes to standard error.</summary>
internal static class Terminal
{
    /// <summary>It was asked for in a way that cannot be done here, or the world does not answer.</summary>
    public const int Unanswered = 2;

    /// <summary>It was understood, and not done, or not to its end.</summary>
    public const int Refused = 1;

    public static int Say(string line)
    {
        Console.WriteLine(line);
        return 0;
    }

    public static int Say<T>(Answer<T> answer, Func<T, string> text) =>
        answer is Answer<T>.Done done ? Say(text(done.Value)) : Refuse(answer);

    public static int Refuse<T>(Answer<T> answer) =>
        answer is Answer<T>.Unavailable unavailable ? NobodyAnswers(unavailable.Why) : Refuse(answer.Refusal!);

    public static int NobodyAnswers(string why)
    {
        Console.Error.WriteLine(why);
        return Unanswered;
    }

    public static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Refused;
    }
}
