using Bench.Programs;
using Testing;

namespace Bench.Peers;

/// <summary>The npm packages of the peers: installed when somebody measures them, not when somebody builds.</summary>
internal static class NodePackages
{
    public static async Task InstallAsync()
    {
        var folder = Repository.PathOf("bench", "peers");
        var stamp = new FileInfo(Path.Combine(folder, "node_modules", ".installed"));
        if (
            stamp.Exists
            && stamp.LastWriteTimeUtc > File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"))
        )
        {
            return;
        }

        await MeasuredProgram.RunAsync(
            "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder],
            new Dictionary<string, string>()
        );
        await File.WriteAllTextAsync(stamp.FullName, string.Empty);
    }
}
