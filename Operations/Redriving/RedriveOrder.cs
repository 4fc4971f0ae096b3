using System.ComponentModel;

namespace Operations.Redriving;

/// <summary>What a person or a program asks to be redriven, and how carefully. Everything has a default but what is to be redriven.</summary>
internal sealed record RedriveOrder
{
    public const int LettersMax = 10_000;
    private const int RateMax = 100;
    private const int StepsMax = 50;

    /// <summary>A name that makes asking twice harmless: the second time brings the redrive of the first.</summary>
    [Description("A name that makes asking twice harmless: the second time brings the redrive of the first.")]
    public string? Request { get; init; }

    [Description("The class of the group to redrive; with reason.")]
    public string? Class { get; init; }

    [Description("The normalised reason of the group to redrive; with class.")]
    public string? Reason { get; init; }

    [Description("Letters to redrive, by id, instead of a group.")]
    public IReadOnlyList<string>? Letters { get; init; }

    [Description("At most so many of the group, the oldest first. Without a ramp of its own, they are one step.")]
    public int? Count { get; init; }

    [Description(
        "How many each step sends; the last number repeats. The next step begins when the one before has gone well."
    )]
    public IReadOnlyList<int>? Ramp { get; init; }

    [Description("Messages a second, at most.")]
    public double RatePerSecond { get; init; } = 5;

    [Description(
        "The share of the API's requests that letters may cause which make enrichment ask for a conversation or have an effect; all redrives of a process have it together."
    )]
    public int BudgetSharePercent { get; init; } = 20;

    [Description("The redrive stops when more than this share of a step fails again.")]
    public int StopAtPercent { get; init; } = 20;

    [Description("Only say what would be redriven.")]
    public bool DryRun { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Fault =>
        (Letters, Reason, Class) switch
        {
            (null, null, null) => "Name a group by class and reason, or letters by id.",
            (null, _, null) or (null, null, _) => "A group is named by class and reason together.",
            ({ Count: 0 }, _, _) => "No letter is named.",
            ({ Count: > LettersMax }, _, _) => $"At most {LettersMax} letters go into one redrive.",
            _ when Count is < 1 or > LettersMax => $"count is a number from 1 to {LettersMax}.",
            _ when RatePerSecond is not (>= 0.01 and <= RateMax) =>
                $"ratePerSecond is a number from 0.01 to {RateMax}.",
            _ when BudgetSharePercent is < 1 or > 100 => "budgetSharePercent is a number from 1 to 100.",
            _ when StopAtPercent is < 0 or > 100 => "stopAtPercent is a number from 0 to 100.",
            _ when Ramp is { Count: 0 or > StepsMax } || Ramp?.Any(step => step is < 1 or > LettersMax) == true =>
                $"ramp is 1 to {StepsMax} numbers, each from 1 to {LettersMax}.",
            _ when Request is { Length: 0 or > 200 } => "request is a name of at most 200 characters.",
            _ => null,
        };

    /// <summary>For people a canary first; a program that counts its own steps is given one.</summary>
    public IReadOnlyList<int> Steps(int taken, IReadOnlyList<int> ramp) =>
        Ramp ?? (Count is not null && Request is not null ? [Math.Max(1, taken)] : ramp);
}
