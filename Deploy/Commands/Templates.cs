using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Deploy.Packaging;

namespace Deploy.Commands;

/// <summary>Writes the templates of shapes, by name; nothing is asked of an account.</summary>
internal static class Templates
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Behaviour of the CDK that newer projects have from the start.</summary>
    private static readonly Dictionary<string, object> Context = new()
    {
        ["@aws-cdk/aws-ecs:removeDefaultDesiredCount"] = true,
        ["@aws-cdk/core:target-partitions"] = new[] { "aws", "aws-us-gov", "aws-cn" },
    };

    /// <returns>The text of each template by its file name: the shapes', and that of the artifacts.</returns>
    public static SortedDictionary<string, string> Of(IEnumerable<Shape> shapes)
    {
        var templates = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["artifacts.template.json"] = Synthesise(app => new ArtifactsStack(app)),
        };
        foreach (var shape in shapes)
        {
            templates[shape.FileName] = Synthesise(app => new SystemStack(app, shape));
        }

        return templates;
    }

    private static string Synthesise(Func<App, Stack> add)
    {
        var assembly = Directory.CreateTempSubdirectory("deploy-");
        try
        {
            var app = new App(
                new AppProps
                {
                    Outdir = assembly.FullName,
                    AnalyticsReporting = false,
                    TreeMetadata = false,
                    Context = Context,
                }
            );
            var stack = add(app);
            app.Synth();

            return Normalise(File.ReadAllText(Path.Combine(assembly.FullName, stack.TemplateFile)));
        }
        finally
        {
            assembly.Delete(recursive: true);
        }
    }

    /// <summary>Two spaces and an end of line, as all JSON here.</summary>
    private static string Normalise(string json) => JsonNode.Parse(json)!.ToJsonString(Indented) + "\n";
}
