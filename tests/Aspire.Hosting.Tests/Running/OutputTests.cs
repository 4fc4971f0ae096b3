namespace Aspire.Hosting.Tests.Running;

public sealed class OutputTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Every_line_says_whose_it_is()
    {
        var builder = TestBuilder.Create(out var console);
        builder.AddNode("a", "console.log('one'); console.error('two'); process.stdout.write('three');");
        builder.AddNode("longer", TestBuilder.Sleeper);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await console.LineAsync("a      | ended with exit code 0.", Cancellation);

        await app.StopAsync(Cancellation);

        var lines = console.Lines.Where(line => line.StartsWith('a')).Skip(1);
        Assert.Equal(["a      | one", "a      | two", "a      | three", "a      | ended with exit code 0."], lines);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task Colours_links_and_empty_lines_of_a_process_are_left_out()
    {
        var builder = TestBuilder.Create(out var console);
        builder.AddNode(
            "a",
            @"console.log('\x1b[1;31mred\x1b[0m and \x1b]8;;http://localhost\x1b\\link\x1b]8;;\x1b\\   \n\n\r\nend')"
        );
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await console.LineAsync("a | ended with exit code 0.", Cancellation);

        await app.StopAsync(Cancellation);

        Assert.Equal(["a | red and link", "a | end", "a | ended with exit code 0."], console.Lines.Skip(1));
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_line_that_never_ends_is_cut()
    {
        var builder = TestBuilder.Create(out var console);
        builder.AddNode("a", "process.stdout.write('x'.repeat(40000))");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await console.LineAsync("a | ended with exit code 0.", Cancellation);

        await app.StopAsync(Cancellation);

        Assert.Equal(
            [16384, 16384, 7232],
            console.Lines.Where(line => line.Contains("xxx")).Select(line => line.Length - "a | ".Length)
        );
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_secret_parameter_is_never_printed()
    {
        var builder = TestBuilder.Create(out var console);
        var secret = builder.AddParameter("secret", "open sesame", secret: true);
        var visible = builder.AddParameter("visible", "good morning");
        builder
            .AddNode("talkative", "console.log(process.env.SECRET + ', ' + process.argv[1]); process.exit(1);")
            .WithEnvironment("SECRET", secret)
            .WithArgs(visible)
            .WithUrl($"http://localhost/?key={secret}");
        await using var app = builder.Build();

        await app.StartAsync(Cancellation);
        await console.LineAsync("ended with exit code 1.", Cancellation);
        await app.StopAsync(Cancellation);

        Assert.Contains("talkative | ***, good morning", console.Lines);
        Assert.DoesNotContain(console.Lines, line => line.Contains("sesame", StringComparison.Ordinal));
    }
}
