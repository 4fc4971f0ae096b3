namespace Deploy;

/// <summary>How events come from the partner's bus into the queue.</summary>
internal enum Bridge
{
    /// <summary>The rule sends to SQS itself.</summary>
    Native,

    /// <summary>The rule calls the Ingestor, an API destination.</summary>
    Ingestor,
}

/// <summary>Where the Processor runs.</summary>
internal enum Compute
{
    Fargate,
    Lambda,
}

/// <summary>What is decided when templates are written; what differs from account to account is a parameter of the template.</summary>
/// <param name="Operations">The operator's page, and the state machine that redrives dead letters through it.</param>
internal sealed record Shape(Bridge Bridge, Compute Compute, bool Operations)
{
    public static Shape Default { get; } = new(Bridge.Native, Compute.Fargate, Operations: false);

    public static IReadOnlyList<Shape> All { get; } =
    [
        .. from bridge in Enum.GetValues<Bridge>()
        from compute in Enum.GetValues<Compute>()
        from operations in new[] { false, true }
        select new Shape(bridge, compute, operations),
    ];

    public string Name => $"{Bridge}-{Compute}{(Operations ? "-operations" : "")}".ToLowerInvariant();

    public string FileName => $"{Name}.template.json";
}
