using System.Diagnostics;
using Testing;

namespace Operations.Tests.Access;

/// <summary>A real OpenID provider (npm's oidc-provider) as a process on the loopback interface.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "operations";
    public const string ClientSecret = "a-client-secret-of-a-test";

    private readonly Process _process;

    private OpenIdProvider(Process process, Uri issuer) => (_process, Issuer) = (process, issuer);

    public Uri Issuer { get; }

    public static async Task<OpenIdProvider> StartAsync(CancellationToken cancellationToken)
    {
        var process = Process.Start(
            new ProcessStartInfo("node", ["provider.mjs", "--exit-with-stdin"])
            {
                WorkingDirectory = Repository.PathOf("tests", "Operations.Tests", "Access", "provider"),
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.BeginErrorReadLine();
        var announcement =
            await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The OpenID provider ended before it listened.");
        return new OpenIdProvider(
            process,
            new Uri(announcement[announcement.IndexOf("http://", StringComparison.Ordinal)..])
        );
    }

    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _process.Dispose();
    }
}
