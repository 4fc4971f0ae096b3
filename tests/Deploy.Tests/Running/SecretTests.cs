using System.Text.Json.Nodes;

namespace Deploy.Tests.Running;

public sealed class SecretTests
{
    private static readonly string[] Secret = ["secret", "password", "token", "apikey", "credential"];

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void No_secret_stands_in_the_environment_but_where_it_is(string name) =>
        Assert.All(
            Program.In(Template.Named(name)).SelectMany(program => program.Environment),
            setting =>
                Assert.False(
                    IsNamedSecret(setting.Key) && !IsReference(setting.Value),
                    $"{setting.Key} is {setting.Value}"
                )
        );

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Tasks_get_their_secrets_by_reference(string name)
    {
        var secrets = Program
            .In(Template.Named(name))
            .SelectMany(program => program.Json["Secrets"] as JsonArray ?? [])
            .Select(secret => (Name: (string)secret!["Name"]!, From: Expression.TextOf(secret!["ValueFrom"])!))
            .ToList();

        Assert.NotEmpty(secrets);
        Assert.All(secrets, secret => Assert.StartsWith("${", secret.From));
        Assert.Contains(secrets, secret => secret.Name == "Genesys__ClientSecret");
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void What_EventBridge_shows_the_Ingestor_is_resolved_at_the_deployment(string name) =>
        Assert.All(
            Template.Named(name).Of("AWS::Events::Connection"),
            connection =>
                Assert.StartsWith(
                    "{{resolve:secretsmanager:${",
                    connection.Text("AuthParameters", "ApiKeyAuthParameters", "ApiKeyValue")
                )
        );

    [Theory]
    [MemberData(nameof(Template.All), MemberType = typeof(Template))]
    public void No_parameter_is_a_secret(string name) =>
        Assert.All(
            Template.Named(name).Parameters.Where(IsNamedSecret),
            parameter => Assert.Equal("GenesysCredentials", parameter) // its ARN
        );

    private static bool IsNamedSecret(string setting) =>
        Secret.Any(word => setting.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsReference(string value) =>
        value.StartsWith("{{resolve:secretsmanager:", StringComparison.Ordinal)
        || value.StartsWith("${", StringComparison.Ordinal);
}
