using System.Text;
using Processor.Recording;

namespace Processor.Tests.Contracts;

/// <summary>What recording relies on in its table.</summary>
public abstract class EventTableContract
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private protected abstract Task<IEventTable> NewTableAsync();

    private protected abstract Task<IEventTable> NewMissingTableAsync();

    private protected abstract Task<IReadOnlyList<EventItem>> ReadAllAsync();

    [Fact]
    public async Task An_item_is_kept_with_all_it_says()
    {
        var table = await NewTableAsync();
        var item = Item("a") with { Body = """{"notes":"Ä通話𝄞"}""" };

        AssertAllWritten(await table.WriteAsync([item], CancellationToken));

        Assert.Equal(item, Assert.Single(await ReadAllAsync()));
    }

    [Fact]
    public async Task A_compressed_body_is_kept_byte_for_byte()
    {
        var table = await NewTableAsync();
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        AssertAllWritten(await table.WriteAsync([Item("a") with { BrotliBody = bytes, Parts = 3 }], CancellationToken));

        var kept = Assert.Single(await ReadAllAsync());
        Assert.Equal(bytes, kept.BrotliBody!.Value.ToArray());
        Assert.Equal(3, kept.Parts);
    }

    [Fact]
    public async Task An_item_that_is_put_again_is_there_once()
    {
        var table = await NewTableAsync();
        var item = Item("a") with { Body = "{}" };

        AssertAllWritten(await table.WriteAsync([item], CancellationToken));
        AssertAllWritten(await table.WriteAsync([item], CancellationToken));

        Assert.Equal(item, Assert.Single(await ReadAllAsync()));
    }

    [Fact]
    public async Task Twenty_five_items_go_in_one_call()
    {
        var table = await NewTableAsync();
        var items = Enumerable.Range(0, IEventTable.ItemsMax).Select(index => Item($"{index:00}") with { Body = "{}" });

        AssertAllWritten(await table.WriteAsync([.. items], CancellationToken));

        Assert.Equal(IEventTable.ItemsMax, (await ReadAllAsync()).Count);
    }

    [Fact]
    public async Task Two_items_of_one_key_in_one_call_are_refused()
    {
        var table = await NewTableAsync();

        var answer = await table.WriteAsync([Item("a"), Item("a") with { Body = "{}" }], CancellationToken);

        Assert.IsType<WriteAnswer.Refused>(answer);
        Assert.Empty(await ReadAllAsync());
    }

    [Fact]
    public async Task An_item_that_is_too_large_is_refused()
    {
        var table = await NewTableAsync();
        var item = Item("a") with { Body = new string('x', 400 * 1024) };

        Assert.IsType<WriteAnswer.Refused>(await table.WriteAsync([item], CancellationToken));
    }

    [Fact]
    public async Task The_largest_item_that_recording_makes_is_taken()
    {
        var table = await NewTableAsync();
        var item = Item("a") with { BrotliBody = Encoding.ASCII.GetBytes(new string('x', EventItems.PartBytesMax)) };

        AssertAllWritten(await table.WriteAsync([item], CancellationToken));
    }

    [Fact]
    public async Task An_item_whose_key_is_too_long_is_refused()
    {
        var table = await NewTableAsync();
        var item = Item("a") with { Subject = new string('s', 2049), Body = "{}" };

        Assert.IsType<WriteAnswer.Refused>(await table.WriteAsync([item], CancellationToken));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_unavailable_and_no_item_is_at_fault()
    {
        var table = await NewMissingTableAsync();

        Assert.IsType<WriteAnswer.Unavailable>(await table.WriteAsync([Item("a")], CancellationToken));
    }

    [Fact]
    public async Task A_write_that_was_cancelled_before_it_began_says_so()
    {
        var table = await NewTableAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            table.WriteAsync([Item("a")], new CancellationToken(canceled: true))
        );
    }

    private static EventItem Item(string key) =>
        new("conversation:1", $"00001773928800000#{key}", "v2.topic", "envelope-1", 1, 2, 3, 4);

    private static void AssertAllWritten(WriteAnswer answer) =>
        Assert.Empty(Assert.IsType<WriteAnswer.Written>(answer).Unprocessed);
}
