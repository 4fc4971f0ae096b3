namespace GenesysApi.Budget;

/// <summary>Where the shared record lives. The world's faults are values: whoever asks has a safe answer for each.</summary>
public interface IBudgetStore
{
    Task<BudgetRead> ReadAsync(string budget, CancellationToken cancellationToken);

    /// <summary>
    /// Writes if the stored version is still the one <paramref name="record"/> was made from (one below its own, or none at all).
    /// </summary>
    Task<BudgetWrite> WriteAsync(BudgetRecord record, CancellationToken cancellationToken);
}

public abstract record BudgetRead
{
    private BudgetRead() { }

    /// <param name="Record">As it was last written, or unused if nobody wrote it yet.</param>
    public sealed record Found(BudgetRecord Record) : BudgetRead;

    public sealed record Unavailable(string Reason) : BudgetRead;
}

public abstract record BudgetWrite
{
    private BudgetWrite() { }

    public sealed record Written : BudgetWrite
    {
        public static readonly Written Instance = new();
    }

    /// <summary>Another holder wrote in between; nothing was changed.</summary>
    public sealed record Conflict : BudgetWrite
    {
        public static readonly Conflict Instance = new();
    }

    /// <summary>No answer: it may have been written or not.</summary>
    public sealed record Unavailable(string Reason) : BudgetWrite;
}
