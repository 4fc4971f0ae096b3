using Events.DeadLetters;
using Microsoft.Playwright;
using Operations.DeadLetters;
using Operations.Tests.Browsing;
using Operations.Tests.Emulated;

namespace Operations.Tests.DeadLetters;

public sealed class ManyLettersTests(ManyLetters letters, Browser browser, ITestOutputHelper output)
    : IClassFixture<ManyLetters>
{
    private const string FirstLink = "tbody a";
    private const int Shelves = 16;
    private const int RowsMax = 200;

    /// <summary>A page that had all ten thousand in it would take ten times as much.</summary>
    private const int PayloadMax = 1024 * 1024;

    [Fact]
    public async Task Of_ten_thousand_letters_a_page_has_those_that_were_asked_for()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var operations = new OperationsUnderTest(await letters.PipelineAsync(cancellationToken));

        var groups = await operations.Desk.GroupsAsync(cancellationToken);
        var page = await operations.Desk.FindAsync(
            new LetterSearch("transient", "reason-3", Start: 500),
            cancellationToken
        );

        Assert.Equal(
            (ManyLetters.Count, ManyLetters.InGroup, 50),
            (groups.Sum(group => group.Count), page.Total, page.Letters.Count)
        );
    }

    /// <summary>How long it takes is told and not judged: that hangs on the machine, and what is counted does not.</summary>
    [Fact]
    public async Task The_first_look_at_ten_thousand_letters_reads_each_shelf_once_and_all_others_read_nothing()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        var pipeline = await letters.PipelineAsync(cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(1), "reason-0", FailureClass.Transient, cancellationToken);
        await using var proxy = await CountingProxy.StartAsync(pipeline.DynamoDbUrl, cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(
            pipeline,
            cancellationToken,
            ("AWS_ENDPOINT_URL_DYNAMODB", proxy.Url),
            ("Collecting__Enabled", "false"),
            ("DeadLetters__RefreshEvery", "01:00:00")
        );
        var page = await window.NewPageAsync();
        var payload = 0;
        page.WebSocket += (_, socket) =>
            socket.FrameReceived += (_, frame) =>
                Interlocked.Add(ref payload, frame.Binary?.Length ?? frame.Text?.Length ?? 0);

        const string group = "[aria-label=Groups] tbody a";
        await OpenAsync("the groups, with the login, as soon as the link is printed", FirstPage(operations), group);
        var first = proxy.AskedOf(pipeline.Names.DeadLettersTable);
        var groups = new Uri(operations.Link, "/dead-letters");
        await OpenAsync("the groups again", groups, group);
        await OpenAsync(
            "a group of a thousand",
            new Uri($"{groups}/transient/reason-3"),
            $"[aria-label=Letters] {FirstLink}"
        );

        // A request that was not answered in time is asked once more, word for word.
        Assert.Equal(Enumerable.Repeat("Query", Shelves), first.Distinct().Select(asked => asked.Operation));
        Assert.Equal(first.Count, proxy.AskedOf(pipeline.Names.DeadLettersTable).Count);
        var waiting = Assert.Single(await pipeline.TakeDeadLettersAsync(cancellationToken));
        Assert.Equal("1", waiting.Attributes!["ApproximateReceiveCount"]);

        async Task OpenAsync(string what, Uri address, string shown)
        {
            Interlocked.Exchange(ref payload, 0);
            var started = TimeProvider.System.GetTimestamp();
            await page.GotoAsync(address.ToString());
            await page.Locator("h1").First.WaitForAsync();
            var answered = TimeProvider.System.GetElapsedTime(started);
            await page.Locator(shown).First.WaitForAsync();
            var listed = TimeProvider.System.GetElapsedTime(started);
            var rows = await page.Locator("tbody tr").CountAsync();
            output.WriteLine(
                $"{what}: the page after {answered.TotalMilliseconds:0} ms, its list after {listed.TotalMilliseconds:0} ms, {rows} rows, {payload / 1024} KiB"
            );
            Assert.InRange(rows, 1, RowsMax);
            Assert.InRange(payload, 1, PayloadMax);
        }
    }

    [Fact]
    public async Task While_the_letters_are_being_read_a_page_says_how_many_there_are_so_far_and_never_that_there_are_none()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        var pipeline = await letters.PipelineAsync(cancellationToken);
        await using var proxy = await CountingProxy.StartAsync(pipeline.DynamoDbUrl, cancellationToken);
        var lastShelf = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Hold = body =>
            body.Contains("\"letters-f\"", StringComparison.Ordinal) ? lastShelf.Task : Task.CompletedTask;
        await using var operations = await OperationsProcess.StartAsync(
            pipeline,
            cancellationToken,
            ("AWS_ENDPOINT_URL_DYNAMODB", proxy.Url),
            ("Collecting__Enabled", "false")
        );
        var page = await window.NewPageAsync();

        await page.GotoAsync(FirstPage(operations).ToString());
        var soFar = page.Locator("[data-fact=read-so-far]");
        await Assertions.Expect(soFar).ToHaveTextAsync($"{ManyLetters.OnShelves("0123456789abcde")}");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("no dead letter");
        lastShelf.SetResult();

        await Assertions.Expect(page.Locator("main strong").First).ToHaveTextAsync($"{ManyLetters.Count}");
        await Assertions.Expect(soFar).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_group_of_ten_thousand_is_one_list_of_which_the_page_has_few()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        using var pipeline = await letters.OneGroupAsync(cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(
            pipeline,
            cancellationToken,
            ("Collecting__Enabled", "false")
        );
        var page = await window.NewPageAsync();

        var started = TimeProvider.System.GetTimestamp();
        await page.GotoAsync(FirstPage(operations, "/transient/reason-0").ToString());
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync($"{ManyLetters.Count}");
        await page.Locator(FirstLink).First.WaitForAsync();
        var took = TimeProvider.System.GetElapsedTime(started);

        output.WriteLine(
            $"a group of ten thousand, with the login, as soon as the link is printed: {took.TotalMilliseconds:0} ms"
        );
        await page.GotoAsync(new Uri(operations.Link, "/dead-letters").ToString());
        started = TimeProvider.System.GetTimestamp();
        await page.GotoAsync(new Uri(operations.Link, "/dead-letters/transient/reason-0").ToString());
        await page.Locator(FirstLink).First.WaitForAsync();
        took = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine($"the group again: {took.TotalMilliseconds:0} ms");
        Assert.InRange(await page.Locator("tbody tr").CountAsync(), 1, RowsMax);
    }

    [Fact]
    public async Task A_thousand_letters_are_sorted_searched_and_scrolled_though_the_page_has_few_of_them()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        var pipeline = await letters.PipelineAsync(cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(
            pipeline,
            cancellationToken,
            ("Collecting__Enabled", "false")
        );
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        await SharedSite.OpenAsync(page, operations, "dead-letters/transient/reason-3");
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("1000");
        var oldest = await page.Locator(FirstLink).First.InnerTextAsync();

        await page.Locator("th", new() { HasText = "First sent" }).ClickAsync();
        await page.Locator("th", new() { HasText = "First sent" }).ClickAsync();
        await Assertions.Expect(page.Locator(FirstLink).First).Not.ToHaveTextAsync(oldest);
        await page.Locator(".rz-data-grid-data").EvaluateAsync("grid => grid.scrollTop = grid.scrollHeight");
        await Assertions.Expect(page.Locator("tbody a", new() { HasText = oldest })).ToBeVisibleAsync();
        Assert.InRange(await page.Locator("tbody tr").CountAsync(), 1, RowsMax);

        await page.GetByLabel("Topic, conversation or letter").FillAsync(oldest);
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("1");
    }

    /// <summary>The first page that the process shows to anybody.</summary>
    private static Uri FirstPage(OperationsProcess operations, string group = "") =>
        new($"{operations.Link}&returnUrl={Uri.EscapeDataString($"/dead-letters{group}")}");
}
