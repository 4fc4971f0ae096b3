using System.Xml.Linq;
using Testing;

namespace Deploy.Tests.Running;

/// <summary>What the images are made of: nobody here can run them, so that what must fit together is held together.</summary>
public sealed class ImageTests
{
    private static readonly XElement Images = XElement.Load(Repository.PathOf("Deploy", "Packaging", "images.proj"));

    private static readonly XElement Profile = XElement.Load(
        Repository.PathOf("Processor", "Properties", "PublishProfiles", "Image.pubxml")
    );

    [Fact]
    public void A_program_that_brings_its_runtime_has_none_below_it_and_any_other_has()
    {
        var shared = Property(Images, "SharedRuntime");
        Assert.Contains("SelfContained=false", shared, StringComparison.Ordinal);
        Assert.Equal("true", Property(Profile, "SelfContained"));

        Assert.All(
            Images.Descendants("Service"),
            service =>
            {
                var isProcessor = service.Attribute("Include")!.Value == "Processor";
                Assert.Equal(
                    isProcessor ? "PublishProfile=Image" : "$(SharedRuntime)",
                    service.Attribute("Compiling")!.Value
                );
                Assert.Equal(
                    isProcessor ? "$(WithoutRuntime)" : "$(WithRuntime)",
                    service.Attribute("BaseImage")!.Value
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Programs_are_compiled_for_the_processors_that_the_tasks_run_on(string name)
    {
        Assert.Equal("linux-x64", Property(Profile, "RuntimeIdentifier"));
        Assert.Contains("RuntimeIdentifier=linux-x64", Property(Images, "SharedRuntime"), StringComparison.Ordinal);
        Assert.All(
            Template.Named(name).Of("AWS::ECS::TaskDefinition"),
            task => Assert.Equal("X86_64", task.Text("RuntimePlatform", "CpuArchitecture"))
        );
    }

    /// <summary>MSBuild looks at times of files only: the Lambda package would take over what only a composite can run.</summary>
    [Fact]
    public void What_is_compiled_for_the_image_lies_where_no_other_program_takes_it_from() =>
        Assert.Equal("obj/Image/", Property(Profile, "IntermediateOutputPath"));

    private static string Property(XElement project, string name) => project.Descendants(name).First().Value;
}
