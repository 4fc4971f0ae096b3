using Testing;

namespace Bench.Programs;

/// <summary>The Processor as its image has it, compiled ahead: published when somebody measures it, not when somebody builds.</summary>
internal static class PublishedProcessor
{
    private const string Profile = "Image";

    public static string Program { get; } = Repository.PathOf("Processor", "bin", Profile, "Processor.dll");

    public static async Task PublishAsync()
    {
        await Console.Error.WriteLineAsync("Compiling the Processor as for its image, which takes up to two minutes.");
        await MeasuredProgram.RunAsync(
            "dotnet",
            [
                "publish",
                Repository.PathOf("Processor"),
                $"-p:PublishProfile={Profile}",
                "-o",
                Path.GetDirectoryName(Program)!,
                "-v:quiet",
                "-nologo",
            ],
            new Dictionary<string, string>()
        );
    }
}
