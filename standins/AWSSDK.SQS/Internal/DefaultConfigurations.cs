using Amazon.Runtime;

namespace Amazon.SQS.Internal;

/// <summary>The SDK's own defaults modes (AWS_DEFAULTS_MODE), with the time-outs that every service client has.</summary>
internal static class DefaultConfigurations
{
    internal static IReadOnlyList<IDefaultConfiguration> All { get; } =
    [
        Mode(DefaultConfigurationMode.Standard, milliseconds: 3100),
        Mode(DefaultConfigurationMode.InRegion, milliseconds: 1100),
        Mode(DefaultConfigurationMode.CrossRegion, milliseconds: 3100),
        Mode(DefaultConfigurationMode.Mobile, milliseconds: 30000),
        Mode(DefaultConfigurationMode.Auto, milliseconds: 1100),
    ];

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, int milliseconds) =>
        new()
        {
            Name = name,
            RetryMode = RequestRetryMode.Standard,
            S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
            ConnectTimeout = TimeSpan.FromMilliseconds(milliseconds),
            TlsNegotiationTimeout = TimeSpan.FromMilliseconds(milliseconds),
        };
}
