namespace Bench.Asking;

/// <summary>One that takes a value.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What stands for the value in the usage.</param>
/// <param name="Text">What it says.</param>
/// <param name="Allowed">What the value must be.</param>
internal sealed record Option(string Name, string Value, string Text, string Allowed)
{
    public static readonly Option Messages = new(
        "--messages",
        "N",
        "how many messages or events",
        "a number from 100 to 1,000,000"
    );

    public static readonly Option Rounds = new(
        "--rounds",
        "N",
        "how often each is measured; medians and ranges are shown",
        "a number from 1 to 99"
    );

    public static readonly Option Candidates = new(
        "--candidates",
        "A,B",
        "who is measured, instead of all",
        "one or more of processor, plain, sqs-consumer, powertools, floor, with commas between"
    );

    public static readonly Option Filter = new(
        "--filter",
        "PATTERN",
        "which benchmarks",
        "a pattern such as '*Decoding*'"
    );
}
