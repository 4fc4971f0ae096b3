using Operations.Tests.Browsing;
using Operations.Tests.Emulated;

namespace Operations.Tests.Access;

/// <summary>Operations, and the provider it trusts.</summary>
internal sealed record OpenIdSite(EmulatedPipeline Pipeline, OpenIdProvider Provider, OperationsProcess Operations)
    : IAsyncDisposable
{
    public static async Task<OpenIdSite> StartAsync(
        EmulatedAws aws,
        string clientSecret,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] settings
    )
    {
        var pipeline = await aws.NewPipelineAsync(cancellationToken);
        var provider = await OpenIdProvider.StartAsync(cancellationToken);
        var operations = await OperationsProcess.StartAsync(
            pipeline,
            cancellationToken,
            [
                ("Operations__OpenId__Authority", provider.Issuer.ToString()),
                ("Operations__OpenId__ClientId", OpenIdProvider.ClientId),
                ("Operations__OpenId__ClientSecret", clientSecret),
                ("Operations__OpenId__Scopes__0", "roles"),
                .. settings,
            ]
        );
        return new OpenIdSite(pipeline, provider, operations);
    }

    public async ValueTask DisposeAsync()
    {
        await Operations.DisposeAsync();
        await Provider.DisposeAsync();
        Pipeline.Dispose();
    }
}

/// <summary>One for all tests whose logins do not spoil it for others.</summary>
public sealed class SharedOpenIdSite(EmulatedAws aws) : IAsyncDisposable
{
    private readonly Lazy<Task<OpenIdSite>> _site = new(() =>
        OpenIdSite.StartAsync(aws, OpenIdProvider.ClientSecret, CancellationToken.None)
    );

    internal Task<OpenIdSite> SiteAsync() => _site.Value;

    public async ValueTask DisposeAsync()
    {
        if (_site.IsValueCreated)
        {
            await (await _site.Value).DisposeAsync();
        }
    }
}
