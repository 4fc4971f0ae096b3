using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using EcsSecret = Amazon.CDK.AWS.ECS.Secret;
using Secret = Amazon.CDK.AWS.SecretsManager.Secret;

namespace Deploy.Running;

/// <summary>Secrets stay in Secrets Manager: a task definition names them, Fargate reads them when it starts a task.</summary>
internal static class Secrets
{
    /// <summary>Made by whoever deploys, outside of the stack: what is in no template is in no state file either.</summary>
    public static ISecret OfGenesys(Construct scope, Settings settings) =>
        Secret.FromSecretCompleteArn(scope, "GenesysCredentials", settings.GenesysCredentials.ValueAsString);

    public static Dictionary<string, EcsSecret> OfGenesysClient(ISecret credentials) =>
        new()
        {
            ["Genesys__ClientId"] = EcsSecret.FromSecretsManager(credentials, "clientId"),
            ["Genesys__ClientSecret"] = EcsSecret.FromSecretsManager(credentials, "clientSecret"),
        };

    public static Secret Generated(Construct scope, string id, string description) =>
        new(
            scope,
            id,
            new SecretProps
            {
                Description = description,
                GenerateSecretString = new SecretStringGenerator { PasswordLength = 48, ExcludePunctuation = true },
            }
        );
}
