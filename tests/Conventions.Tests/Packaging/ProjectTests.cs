using System.Collections.Frozen;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Conventions.Tests.Packaging;

public sealed partial class ProjectTests
{
    /// <summary>What a service may lean on; the rest of the product leans on services.</summary>
    private static readonly FrozenSet<string> Libraries = FrozenSet.Create("Events", "GenesysApi", "ServiceDefaults");

    private static readonly FrozenSet<string> Composers = FrozenSet.Create(
        "AppHost",
        "Deploy",
        "bench",
        "tests",
        "standins"
    );

    /// <summary>The CDK is 220 MB to restore; docs/deploy.md says how Deploy is built and what of it every run tests.</summary>
    private const string Apart = "Deploy/Deploy.csproj";

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Sources.At("Aspire.sln").Text.Replace('\\', '/');

        Rule.Holds(
            "dotnet build and dotnet test see what is in Aspire.sln.",
            Sources
                .Projects.Where(project => project.Path != Apart)
                .Where(project => !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal))
                .Select(project => project.Path)
        );
    }

    [Fact]
    public void The_solution_names_a_project_once() =>
        Rule.Holds(
            "A solution with a project in it twice does not build.",
            from same in SolutionEntry()
                .Matches(Sources.At("Aspire.sln").Text)
                .GroupBy(entry => entry.Groups["name"].Value)
            where same.Count() > 1
            select same.Key
        );

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Rule.Holds(
            "A build gets the packages it was tested with.",
            from project in Sources.Projects
            let lockFile = $"{project.Folder}/packages.lock.json"
            where Sources.All.All(file => file.Path != lockFile)
            select lockFile
        );

    [Fact]
    public void Versions_stand_in_one_place_and_are_exact() =>
        Rule.Holds(
            "Directory.Packages.props names each version, as [x.y.z].",
            Sources
                .Projects.SelectMany(project => Elements(project, "PackageReference"))
                .Where(reference => reference.Element.Attribute("Version") is not null)
                .Concat(
                    Elements(Sources.At("Directory.Packages.props"), "PackageVersion")
                        .Where(version => !ExactVersion().IsMatch(version.Element.Attribute("Version")?.Value ?? ""))
                )
                .Select(found => $"{found.File.Path}: {found.Element}")
        );

    [Fact]
    public void Services_do_not_know_each_other() =>
        Rule.Holds(
            "Dependencies go one way: AppHost, services, libraries.",
            from project in Sources.Projects
            where !Composers.Contains(project.Top)
            from reference in Elements(project, "ProjectReference")
            let target = Path.GetFileNameWithoutExtension(
                reference.Element.Attribute("Include")!.Value.Replace('\\', '/')
            )
            where !Libraries.Contains(target)
            select $"{project.Path} references {target}"
        );

    [Fact]
    public void Every_test_project_tests_something() =>
        Rule.Holds(
            "A test project without tests looks like one that passes.",
            from project in Sources.Projects
            where project.Path.EndsWith(".Tests.csproj", StringComparison.Ordinal)
            where
                !Sources.CSharp.Any(file =>
                    file.Path.StartsWith($"{project.Folder}/", StringComparison.Ordinal) && HasTest().IsMatch(file.Text)
                )
            select project.Path
        );

    private static IEnumerable<(SourceFile File, XElement Element)> Elements(SourceFile file, string name) =>
        XDocument.Parse(file.Text).Descendants(name).Select(element => (file, element));

    [GeneratedRegex(@"^Project\(.*?\) = ""(?<name>[^""]*)""", RegexOptions.Multiline)]
    private static partial Regex SolutionEntry();

    [GeneratedRegex(@"^\[[0-9][0-9A-Za-z.-]*\]$")]
    private static partial Regex ExactVersion();

    [GeneratedRegex(@"^\s*\[(Fact|Theory)", RegexOptions.Multiline)]
    private static partial Regex HasTest();
}
