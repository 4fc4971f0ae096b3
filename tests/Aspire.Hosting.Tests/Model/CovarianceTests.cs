namespace Aspire.Hosting.Tests.Model;

public sealed class CovarianceTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();

    [Fact]
    public async Task Different_resources_can_be_treated_alike()
    {
        IResourceBuilder<IResourceWithEnvironment>[] all =
        [
            _builder.AddExecutable("one", "node", "."),
            _builder.AddExecutable("two", "node", "."),
        ];

        foreach (var resource in all)
        {
            resource.WithEnvironment("SHARED", "yes");
        }

        foreach (var resource in all)
        {
            Assert.Equal(
                "yes",
                (await Resolved.EnvironmentOf(resource.Resource, TestContext.Current.CancellationToken))["SHARED"]
            );
        }
    }

    [Fact]
    public void Anything_can_be_waited_for()
    {
        IResourceBuilder<IResource> awaited = _builder.AddExecutable("awaited", "node", ".");

        var waiting = _builder
            .AddExecutable("waiting", "node", ".")
            .WaitFor(awaited)
            .WaitForCompletion(awaited, exitCode: 3);

        Assert.Equal(
            [WaitType.WaitUntilHealthy, WaitType.WaitForCompletion],
            waiting.Resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.WaitType)
        );
    }
}
