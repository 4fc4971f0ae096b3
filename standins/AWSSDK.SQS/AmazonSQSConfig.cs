using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;
using Amazon.Util.Internal;

namespace Amazon.SQS;

/// <summary>Where and how to call; what is not set here comes from the environment and the shared config files.</summary>
public class AmazonSQSConfig : ClientConfig
{
    private static readonly string UserAgentString = InternalSDKUtils.BuildUserAgentString("SQS", "4.0.2.28");

    private static readonly SqsEndpointResolver Endpoints = new();

    public AmazonSQSConfig()
        : base(new DefaultConfigurationProvider(DefaultConfigurations.All))
    {
        // The service id also names the environment variable: AWS_ENDPOINT_URL_SQS.
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "sqs";
        EndpointProvider = new SqsEndpointProvider();
    }

    public static new string ServiceId => "SQS";

    public override string RegionEndpointServiceName => "sqs";

    public override string ServiceVersion => "2012-11-05";

    public override string UserAgent => UserAgentString;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var requestContext = new RequestContext(enableMetric: false)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, ServiceId)
            {
                AlternateEndpoint = parameters.AlternateEndpoint,
            },
        };
        return Endpoints.GetEndpoint(new Runtime.Internal.ExecutionContext(requestContext, null));
    }
}
