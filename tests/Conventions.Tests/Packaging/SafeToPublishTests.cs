using System.Text.RegularExpressions;

namespace Conventions.Tests.Packaging;

/// <summary>What must not be in a file that everybody may read.</summary>
public sealed partial class SafeToPublishTests
{
    /// <summary>All but this file, which has to name what it looks for.</summary>
    private static IEnumerable<SourceFile> Files { get; } =
        Sources.All.Where(file => file.Name != $"{nameof(SafeToPublishTests)}.cs");

    [Fact]
    public void No_file_names_a_machine() =>
        Rule.Holds("A path of one machine is wrong on all others.", Rule.Matches(Files, MachinePath()));

    [Fact]
    public void No_file_names_a_package_registry() =>
        Rule.Holds("Where packages come from is each machine's own matter.", Rule.Matches(Files, Registry()));

    [Fact]
    public void Lock_files_do_not_say_where_packages_came_from() =>
        Rule.Holds(
            "A lock file with addresses of packages works in one network only.",
            Rule.Matches(Files.Where(file => file.Name is "packages.lock.json" or "package-lock.json"), Origin())
        );

    [Fact]
    public void No_file_holds_a_secret() =>
        Rule.Holds("A secret in a file is no secret.", Rule.Matches(Files, Secret()));

    [GeneratedRegex(@"(?<![\w.:/}*~])/(home|root|Users|work|workspace|mnt)/\w|\b[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"registry\.(npmjs|yarnpkg)|api\.nuget\.org|artifactory|pkgs\.dev\.azure|pypi\.org|\.npmrc\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Registry();

    [GeneratedRegex(@"""resolved"": *""http")]
    private static partial Regex Origin();

    [GeneratedRegex(
        @"\b(AKIA|ASIA)(?!IOSFODNN7EXAMPLE|IDEXAMPLE)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[abp]-[0-9]"
    )]
    private static partial Regex Secret();
}
