using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One property of an endpoint. A replica that asks for its own endpoint gets its own port; anybody else gets the first's.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property)
    : IExpressionValue,
        IValueWithReferences
{
    public EndpointReference Endpoint { get; } = endpointReference;

    public EndpointProperty Property { get; } = property;

    public string ValueExpression =>
        Property switch
        {
            EndpointProperty.Url => Binding("url"),
            EndpointProperty.Host or EndpointProperty.IPV4Host => Binding("host"),
            EndpointProperty.Port => Binding("port"),
            EndpointProperty.Scheme => Binding("scheme"),
            EndpointProperty.TargetPort => Binding("targetPort"),
            EndpointProperty.HostAndPort => $"{Binding("host")}:{Binding("port")}",
            var unknown => throw new UnreachableException($"{unknown}"),
        };

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        GetValueAsync(new ValueProviderContext(), cancellationToken);

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
    {
        var endpoint = Endpoint.Allocated(context.Caller == Endpoint.Resource ? context.Replica : 0);
        return ValueTask.FromResult<string?>(
            Property switch
            {
                EndpointProperty.Url => endpoint.UriString,
                EndpointProperty.Host => endpoint.Address,
                EndpointProperty.IPV4Host => "127.0.0.1",
                // The process listens on the very port others are told: there is no proxy in front of it.
                EndpointProperty.Port or EndpointProperty.TargetPort => endpoint.Port.ToString(
                    CultureInfo.InvariantCulture
                ),
                EndpointProperty.Scheme => endpoint.UriScheme,
                EndpointProperty.HostAndPort => endpoint.EndPointString,
                var unknown => throw new UnreachableException($"{unknown}"),
            }
        );
    }

    private string Binding(string property) =>
        $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{property}}}";
}
