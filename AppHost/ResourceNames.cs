namespace AppHost;

/// <summary>The names under which the dashboard, the logs and the proof know the parts.</summary>
internal static class ResourceNames
{
    public const string Sqs = "sqs";
    public const string DynamoDb = "dynamodb";
    public const string LocalStack = "localstack";
    public const string Pipeline = "pipeline";
    public const string Provisioner = "provisioner";
    public const string Genesys = "genesys";
    public const string Ingestor = "ingestor";
    public const string Processor = "processor";
    public const string Operations = "operations";
    public const string Proof = "proof";
    public const string Dashboard = "dashboard";

    public const string Http = "http";
    public const string Login = "login";
}
