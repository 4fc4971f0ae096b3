namespace Deploy;

/// <summary>Durations that must keep an order with others: with SQS, with ECS, with the options of the services. A test checks each.</summary>
internal static class Durations
{
    /// <summary>Longer than Processing:ShutdownTimeout (60 s), within which the Processor drains. ECS allows 120 s.</summary>
    public static readonly TimeSpan ProcessorStop = TimeSpan.FromSeconds(90);

    /// <summary>An answer takes 4.5 s at the most (Ingestor:Sending:AnswerWithin); the rest is for the balancer to look away.</summary>
    public static readonly TimeSpan IngestorStop = TimeSpan.FromSeconds(45);

    /// <summary>How long the balancer lets a leaving task finish what it has: several answers, less than <see cref="IngestorStop"/>.</summary>
    public static readonly TimeSpan IngestorDeregistration = TimeSpan.FromSeconds(20);

    public static readonly TimeSpan OperationsStop = TimeSpan.FromSeconds(60);

    /// <summary>An effect may take 30 s (Effects:HandlerTimeout), and the batch is answered a second before the end.</summary>
    public static readonly TimeSpan Function = TimeSpan.FromSeconds(40);

    /// <summary>How long Lambda gathers a batch. More than ten messages in one need a second or more.</summary>
    public static readonly TimeSpan FunctionWindow = TimeSpan.FromSeconds(1);

    /// <summary>AWS asks for six times the function's time-out, and for the window on top.</summary>
    public static readonly TimeSpan LambdaVisibility = TimeSpan.FromSeconds(300);

    /// <summary>How far back a replay can reach.</summary>
    public static readonly TimeSpan Archive = TimeSpan.FromDays(14);

    /// <summary>
    /// Effects:ClaimRetention. A replay brings an event back after up to 14 days; it may wait 4 in the queue, 14 as a dead letter and 7
    /// for the redrive, and must still find that its effect has happened.
    /// </summary>
    public static readonly TimeSpan Claims = TimeSpan.FromDays(45);
}
