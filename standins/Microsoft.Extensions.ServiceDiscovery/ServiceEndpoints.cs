using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// Knows the endpoints of services from the configuration, as the AppHost puts them there:
/// <c>services:{service}:{endpoint}:{0..n}</c>. A name that is not there is a host name and stays what it is.
/// </summary>
internal sealed class ServiceEndpoints(IConfiguration configuration)
{
    private readonly ConcurrentDictionary<string, int> _turns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The same address at the endpoint whose turn it is. <c>https+http</c> is https where the service has it.</summary>
    public Uri Resolve(Uri named)
    {
        var schemes = named.Scheme.Split('+');
        var found = Find(named.Host, schemes);
        if (found.Count == 0)
        {
            return schemes.Length == 1
                ? named
                : At(named, schemes[0], named.Host, named.IsDefaultPort ? -1 : named.Port);
        }

        var turn = _turns.AddOrUpdate(named.Authority, 0, static (_, last) => last == int.MaxValue ? 0 : last + 1);
        var endpoint = found[turn % found.Count];
        return At(named, endpoint.Scheme, endpoint.Host, endpoint.Port, endpoint.AbsolutePath);
    }

    /// <summary>All endpoints of the most wanted scheme that the service has.</summary>
    private List<Uri> Find(string host, string[] schemes)
    {
        var (service, endpoint) = Split(host);
        var section = configuration.GetSection("Services").GetSection(service);
        var candidates = endpoint is null ? ["default", .. schemes] : (string[])[endpoint];
        var named = candidates.Select(section.GetSection).FirstOrDefault(candidate => candidate.Exists());
        var addresses = named is null ? [] : Addresses(named, schemes[0]);

        return schemes
                .Select(scheme => addresses.FindAll(address => address.Scheme == scheme))
                .FirstOrDefault(list => list.Count > 0)
            ?? [];
    }

    /// <summary><c>_login.mock</c> is the endpoint <c>login</c> of the service <c>mock</c>.</summary>
    private static (string Service, string? Endpoint) Split(string host) =>
        host.StartsWith('_') && host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            ? (host[(dot + 1)..], host[1..dot])
            : (host, null);

    private static List<Uri> Addresses(IConfigurationSection named, string scheme) =>
        [
            .. (named.Value is null ? named.GetChildren() : [named])
                .Select(value => value.Value ?? "")
                .Select(value => new Uri(
                    value.Contains("://", StringComparison.Ordinal) ? value : $"{scheme}://{value}"
                )),
        ];

    private static Uri At(Uri named, string scheme, string host, int port, string path = "/") =>
        new UriBuilder(named)
        {
            Scheme = scheme,
            Host = host,
            Port = port,
            Path = $"{path.TrimEnd('/')}/{named.AbsolutePath.TrimStart('/')}",
        }.Uri;
}
