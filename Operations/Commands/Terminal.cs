using Operations.Answering;

namespace Operations.Commands;

/// <summary>What a command says, and its exit code: 0 done, 1 refused. A refusal goes to standard error.</summary>
internal static class Terminal
{
    public static int Say(string line)
    {
        Console.WriteLine(line);
        return 0;
    }

    public static int Say<T>(Answer<T> answer, Func<T, string> text) =>
        answer is Answer<T>.Done done ? Say(text(done.Value)) : Refuse(answer.Refusal!);

    public static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
