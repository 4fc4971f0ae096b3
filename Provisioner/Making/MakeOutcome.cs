namespace Provisioner.Making;

internal abstract record MakeOutcome
{
    private MakeOutcome() { }

    /// <param name="Name">What people call the resource.</param>
    /// <param name="Reference">What <c>Ref</c> is.</param>
    /// <param name="Attributes">What <c>Fn::GetAtt</c> is.</param>
    /// <param name="Change">What had to be done.</param>
    internal sealed record Made(
        string Name,
        string Reference,
        IReadOnlyDictionary<string, string> Attributes,
        Change Change
    ) : MakeOutcome;

    /// <summary>It is there and cannot become what the template wants.</summary>
    internal sealed record Conflict(string Name, string Why) : MakeOutcome;
}

internal abstract record Change
{
    private Change() { }

    internal sealed record Created : Change;

    internal sealed record Kept : Change;

    internal sealed record Adjusted(string What) : Change;
}
