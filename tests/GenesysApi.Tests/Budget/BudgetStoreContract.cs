using GenesysApi.Budget;

namespace GenesysApi.Tests.Budget;

/// <summary>What every store of the shared record keeps to, whoever keeps it.</summary>
public abstract class BudgetStoreContract
{
    private static readonly DateTimeOffset Now = new(2026, 3, 19, 14, 0, 0, 123, TimeSpan.Zero);

    private readonly string _budget = $"client {Guid.NewGuid()}#requests-per-minute";

    protected abstract IBudgetStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_that_nobody_wrote_reads_as_unused()
    {
        var read = await ReadAsync();

        Assert.Equal(0, read.Version);
        Assert.Empty(read.Shares);
    }

    [Fact]
    public async Task What_was_written_is_read()
    {
        var written = Full(version: 1);
        Assert.IsType<BudgetWrite.Written>(await Store.WriteAsync(written, Token));

        var read = await ReadAsync();

        Assert.Equal(written.Shares, read.Shares);
        Assert.Equal(written.Blocks, read.Blocks);
        Assert.Equal(written with { Shares = read.Shares, Blocks = read.Blocks }, read);
    }

    [Fact]
    public async Task A_record_without_shares_and_blocks_is_read_as_such()
    {
        await Store.WriteAsync(BudgetRecord.Unused(_budget) with { Version = 1 }, Token);

        var read = await ReadAsync();

        Assert.Equal((1, 0, 0), (read.Version, read.Shares.Length, read.Blocks.Length));
    }

    [Fact]
    public async Task Of_two_that_read_the_same_version_one_writes()
    {
        await Store.WriteAsync(Full(version: 1), Token);

        var first = await Store.WriteAsync(Full(version: 2) with { Used = 1 }, Token);
        var second = await Store.WriteAsync(Full(version: 2) with { Used = 2 }, Token);

        Assert.IsType<BudgetWrite.Written>(first);
        Assert.IsType<BudgetWrite.Conflict>(second);
        Assert.Equal(1, (await ReadAsync()).Used);
    }

    [Fact]
    public async Task Of_two_that_found_nothing_one_writes()
    {
        var first = await Store.WriteAsync(Full(version: 1), Token);
        var second = await Store.WriteAsync(Full(version: 1), Token);

        Assert.IsType<BudgetWrite.Written>(first);
        Assert.IsType<BudgetWrite.Conflict>(second);
    }

    private async Task<BudgetRecord> ReadAsync() =>
        Assert.IsType<BudgetRead.Found>(await Store.ReadAsync(_budget, Token)).Record;

    private BudgetRecord Full(long version) =>
        new()
        {
            Budget = _budget,
            Version = version,
            Allowed = 300,
            Reserve = 3,
            WindowStart = Now,
            Used = 17,
            Shares =
            [
                new BudgetShare("machine-1/0", BudgetClass.Live, 95.5, 300, 300, Now.AddSeconds(15)),
                new BudgetShare("machine-1/0", BudgetClass.Operator, 3, 12, 300, Now.AddSeconds(15)),
            ],
            Blocks =
            [
                new BudgetBlock(BudgetBlock.Everything, Now.AddHours(2), "daily"),
                new BudgetBlock("users", Now, "429"),
            ],
        };
}
