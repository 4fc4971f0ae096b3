using System.Reflection;
using Amazon.SQS;
using Testing;

namespace AWSSDK.SQS.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_readme_names_every_public_type_and_member()
    {
        var assembly = typeof(AmazonSQSClient).Assembly;
        Assert.SkipUnless(assembly.GetType("Amazon.SQS.Wire.Operation") is not null, "This is the real package.");
        var readme = await File.ReadAllTextAsync(
            Repository.PathOf("standins", "AWSSDK.SQS", "README.md"),
            TestContext.Current.CancellationToken
        );

        var unnamed = assembly.GetExportedTypes().SelectMany(Names).Where(name => !readme.Contains($"`{name}`"));

        Assert.Empty(unnamed);
    }

    /// <summary>Requests and responses are named by their call; the names of attributes by their type.</summary>
    private static IEnumerable<string> Names(Type type)
    {
        var isMessage =
            type.Name.EndsWith("Request", StringComparison.Ordinal)
            || type.Name.EndsWith("Response", StringComparison.Ordinal);
        var members = type.GetMembers(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false, IsVirtual: true })
            .Select(member => member.Name);
        return isMessage ? members : members.Prepend(type.Name);
    }
}
