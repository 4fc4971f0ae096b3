using Testing;

namespace Bench.Programs;

/// <summary>A program as the Processor's image has it, compiled ahead with its runtime: published when somebody measures it, not when somebody builds.</summary>
/// <param name="project">Its folder, from the root.</param>
internal sealed class PublishedProgram(params string[] project)
{
    private static readonly string Profile = Repository.PathOf(
        "Processor",
        "Properties",
        "PublishProfiles",
        "Image.pubxml"
    );

    private readonly string _folder = Repository.PathOf([.. project, "bin", "Image"]);
    private Task? _published;

    public string Program => Path.Combine(_folder, $"{project[^1]}.dll");

    /// <summary>Once in a run of the bench; what is up to date is not compiled again.</summary>
    public Task PublishAsync() => _published ??= CompileAsync();

    private async Task CompileAsync()
    {
        await Console.Error.WriteLineAsync(
            $"Compiling {project[^1]} as for an image, which takes up to two minutes the first time."
        );
        await MeasuredProgram.RunAsync(
            "dotnet",
            [
                "publish",
                Repository.PathOf(project),
                "--configuration=Release",
                $"-p:PublishProfileFullPath={Profile}",
                "-p:PublishProfile=Image",
                "--output",
                _folder,
                "--disable-build-servers",
                "-v:quiet",
                "-nologo",
            ],
            new Dictionary<string, string>()
        );
    }
}
