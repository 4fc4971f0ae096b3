namespace GenesysMock.Publishing;

/// <summary>What came of posting a batch.</summary>
internal abstract record PublishOutcome
{
    private PublishOutcome() { }

    /// <param name="Statuses">One for each envelope, in order.</param>
    internal sealed record Answered(IReadOnlyList<int> Statuses, TimeSpan? RetryAfter) : PublishOutcome;

    /// <summary>No answer: it may have been accepted all the same, and is sent again.</summary>
    /// <param name="Reason">A word for it.</param>
    /// <param name="HasLeft">False when there was no connection, and so surely nobody to accept it.</param>
    internal sealed record Unanswered(string Reason, bool HasLeft) : PublishOutcome;
}
