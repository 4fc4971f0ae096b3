using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using Deploy.Running;
using Deploy.Storing;
using Fn = Amazon.CDK.Fn;

namespace Deploy.Bridging;

/// <summary>The rule calls the Ingestor over HTTPS, with a key that only the two of them know.</summary>
internal static class IngestorBridge
{
    public static void AddTo(
        Construct scope,
        Settings settings,
        Store store,
        PartnerBus bus,
        IngestorService ingestor,
        ISecret apiKey
    )
    {
        // As with the native bridge: a stack that changes from one to the other takes no permission from a rule that still needs it.
        QueuePolicies.AddTo(scope, store.EventsQueue, bus.RuleNames);

        var connection = new CfnConnection(
            scope,
            "Connection",
            new CfnConnectionProps
            {
                Description = "How EventBridge shows the Ingestor who it is.",
                AuthorizationType = "API_KEY",
                AuthParameters = new CfnConnection.AuthParametersProperty
                {
                    ApiKeyAuthParameters = new CfnConnection.ApiKeyAuthParametersProperty
                    {
                        ApiKeyName = "x-api-key",
                        // A reference that CloudFormation resolves; the key itself is in no template.
                        ApiKeyValue = apiKey.SecretValue.UnsafeUnwrap(),
                    },
                },
            }
        );
        var destination = new CfnApiDestination(
            scope,
            "Destination",
            new CfnApiDestinationProps
            {
                ConnectionArn = connection.AttrArn,
                HttpMethod = "POST",
                InvocationEndpoint = Fn.Sub("https://${IngestorHost}/events"),
                InvocationRateLimitPerSecond = settings.IngestorRequestsPerSecond!.ValueAsNumber,
            }
        );
        // The rules change to it when there is somebody to answer.
        destination.Node.AddDependency(ingestor);
        var caller = new Role(
            scope,
            "Caller",
            new RoleProps
            {
                Description = "Lets the rules call the Ingestor.",
                AssumedBy = new ServicePrincipal("events.amazonaws.com"),
            }
        );
        caller.AddToPolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Actions = ["events:InvokeApiDestination"],
                    Resources = [destination.AttrArn],
                }
            )
        );

        bus.SendTo(
            new CfnRule.TargetProperty
            {
                Id = Names.Ingestor,
                Arn = destination.AttrArn,
                RoleArn = caller.RoleArn,
            }
        );
    }
}
