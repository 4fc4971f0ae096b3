using Amazon.Runtime.Endpoints;

namespace Amazon.SQS.Internal;

/// <summary>The names are those of the public endpoint rules, which a custom provider may read.</summary>
internal sealed class SqsEndpointParameters : EndpointParameters
{
    internal string? Region
    {
        get => (string?)this[nameof(Region)];
        init => this[nameof(Region)] = value;
    }

    internal bool UseDualStack
    {
        get => (bool)this[nameof(UseDualStack)];
        init => this[nameof(UseDualStack)] = value;
    }

    internal bool UseFIPS
    {
        get => (bool)this[nameof(UseFIPS)];
        init => this[nameof(UseFIPS)] = value;
    }

    internal string? Endpoint
    {
        get => (string?)this[nameof(Endpoint)];
        init => this[nameof(Endpoint)] = value;
    }
}
