using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Deploy.Packaging;

/// <summary>
/// Where releases are put before they are deployed: a repository for each image, a bucket for the Lambda package and the templates. Once
/// for an account and region, for all systems in it; a release that is there stays what it is.
/// </summary>
internal sealed class ArtifactsStack : Stack
{
    private const double ImagesKept = 20;

    public ArtifactsStack(Construct scope)
        : base(
            scope,
            "Artifacts",
            new StackProps
            {
                Description = "Images and packages of the pipeline from Genesys Cloud events to conversations.",
                Synthesizer = new BootstraplessSynthesizer(),
            }
        )
    {
        foreach (var service in new[] { Names.Processor, Names.Ingestor, Names.Operations })
        {
            AddRepository(service);
        }

        var bucket = AddBucket();
        _ = new CfnOutput(this, "PackageBucket", new CfnOutputProps { Value = bucket.BucketName });
    }

    private void AddRepository(string service)
    {
        var repository = new Repository(
            this,
            service,
            new RepositoryProps
            {
                RepositoryName = Names.Repository(service),
                ImageScanOnPush = true,
                ImageTagMutability = TagMutability.IMMUTABLE,
                RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
                LifecycleRules = [new Amazon.CDK.AWS.ECR.LifecycleRule { MaxImageCount = ImagesKept }],
            }
        );
        _ = new CfnOutput(
            this,
            $"{char.ToUpperInvariant(service[0])}{service[1..]}Repository",
            new CfnOutputProps { Value = repository.RepositoryUri }
        );
    }

    private Bucket AddBucket()
    {
        var bucket = new Bucket(
            this,
            "Packages",
            new BucketProps
            {
                BucketName = Names.PackageBucket,
                Encryption = BucketEncryption.S3_MANAGED,
                BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
                ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
                Versioned = true,
                RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            }
        );
        var plain = new PolicyStatement(
            new PolicyStatementProps
            {
                Effect = Effect.DENY,
                Principals = [new AnyPrincipal()],
                Actions = ["s3:*"],
                Resources = [bucket.BucketArn, bucket.ArnForObjects("*")],
            }
        );
        plain.AddCondition("Bool", new Dictionary<string, object> { ["aws:SecureTransport"] = "false" });
        bucket.AddToResourcePolicy(plain);
        return bucket;
    }
}
