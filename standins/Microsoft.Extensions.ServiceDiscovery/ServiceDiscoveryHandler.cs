namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>Sends a request that names a service to one of the service's endpoints.</summary>
internal sealed class ServiceDiscoveryHandler(ServiceEndpoints endpoints) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var named = request.RequestUri;
        request.RequestUri = named is null ? null : endpoints.Resolve(named);
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A retry resolves the name anew, and may find another endpoint.
            request.RequestUri = named;
        }
    }
}
