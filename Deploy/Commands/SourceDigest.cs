using System.Security.Cryptography;
using System.Text;

namespace Deploy.Commands;

/// <summary>
/// What templates were written from, as one number beside them. The tests have no CDK to write the templates again; by this they know
/// that those in Deploy/templates are not older than the code.
/// </summary>
internal static class SourceDigest
{
    public const string FileName = "sources.sha256";

    private static readonly string[] Kinds = [".cs", ".json", ".js", ".yaml"];

    /// <summary>Of no influence on a template.</summary>
    private static readonly string[] Apart =
    [
        "bin",
        "obj",
        "templates",
        "terraform",
        "Packaging/bin",
        "Packaging/obj",
        "Costing",
    ];

    public static string Of(string root)
    {
        var deploy = Path.Combine(root, "Deploy");
        var files = Directory
            .EnumerateFiles(deploy, "*", SearchOption.AllDirectories)
            .Where(file => Kinds.Contains(Path.GetExtension(file)) && Path.GetFileName(file) != "packages.lock.json")
            .Select(file => Path.GetRelativePath(deploy, file).Replace('\\', '/'))
            .Where(file => !Apart.Any(folder => file.StartsWith($"{folder}/", StringComparison.Ordinal)))
            .Append("../AppHost/pipeline.template.json")
            .Order(StringComparer.Ordinal);

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            digest.AppendData(Encoding.UTF8.GetBytes($"{file}\n"));
            digest.AppendData(
                Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(deploy, file)).ReplaceLineEndings("\n"))
            );
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <returns>Null where the program runs without its sources.</returns>
    public static string? OfThis()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Aspire.sln")))
            {
                return Of(folder.FullName);
            }
        }

        return null;
    }
}
