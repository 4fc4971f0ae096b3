using System.Diagnostics;

namespace Ingestor.Bench;

/// <summary>The program as built, in a process of its own, so that its processor time is its own.</summary>
internal sealed class IngestorUnderTest : IAsyncDisposable
{
    public const string ApiKey = "a-key-for-the-bench";

    private readonly Process _process;

    private IngestorUnderTest(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<IngestorUnderTest> StartAsync(string queueUrl)
    {
        var configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal)
            ? "Release"
            : "Debug";
        var program = Path.Combine(Root(), "Ingestor", "bin", configuration, "net10.0", "Ingestor.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["AWS_ENDPOINT_URL_SQS"] = new Uri(queueUrl).GetLeftPart(UriPartial.Authority),
                ["AWS_REGION"] = "us-east-1",
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["Pipeline__EventsQueue"] = queueUrl,
                ["Ingestor__ApiKeys__0"] = ApiKey,
            },
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            const string listening = "Now listening on: ";
            if (line.IndexOf(listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new IngestorUnderTest(process, new Uri(line[(at + listening.Length)..]));
            }
        }

        throw new InvalidOperationException("The Ingestor ended before it listened; build it in this configuration.");
    }

    /// <summary>Ends when the compiler in the background has nothing left to do: what it costs is not the cost of an event.</summary>
    public async Task SettleAsync()
    {
        for (var look = 0; look < 60; look++)
        {
            var before = ProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System);
            if (ProcessorTime - before < TimeSpan.FromMilliseconds(20))
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Aspire.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run it inside the repository.");
        }

        return folder.FullName;
    }
}
