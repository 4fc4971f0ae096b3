using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Endpoints;

/// <summary>
/// Gives every replica of every endpoint its port: the one asked for, or a free one. A port stays reserved as long as the
/// application runs, so that nobody takes it before its process listens, or while that process starts again.
/// </summary>
internal sealed class Ports : IDisposable
{
    private readonly List<Socket> _reserved = [];

    public void Allocate(IResource resource, int replicas)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var asked = Asked(resource, endpoint, replicas);
            endpoint.Replicas =
            [
                .. Enumerable
                    .Range(0, replicas)
                    .Select(replica => Reserve(resource, endpoint, replica is 0 ? asked : 0))
                    .Select(port => new AllocatedEndpoint(endpoint, endpoint.TargetHost, port)),
            ];
        }
    }

    public void Dispose() => _reserved.ForEach(socket => socket.Dispose());

    /// <summary>There is no proxy in front of a process: the port that others use is the one it listens on.</summary>
    private static int Asked(IResource resource, EndpointAnnotation endpoint, int replicas)
    {
        if (replicas > 1 && (endpoint.TargetPort is not null || !endpoint.IsProxied))
        {
            throw new DistributedApplicationException(
                $"Endpoint '{endpoint.Name}' of resource '{resource.Name}' fixes the port its {replicas} replicas listen on. "
                    + "Leave out targetPort and isProxied, or have one replica."
            );
        }

        return endpoint is { Port: { } port, TargetPort: { } target } && port != target
            ? throw new DistributedApplicationException(
                $"Endpoint '{endpoint.Name}' of resource '{resource.Name}' asks for port {port} in front of {target}, "
                    + "which needs the proxy of the real Aspire. Give one of the two."
            )
            : endpoint.Port ?? endpoint.TargetPort ?? 0;
    }

    private int Reserve(IResource resource, EndpointAnnotation endpoint, int asked)
    {
        var socket = Socket.OSSupportsIPv6
            ? new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true }
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, asked));
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            var why =
                fault.SocketErrorCode is SocketError.AddressAlreadyInUse
                    ? $"is in use. End the program that uses it (lsof -i :{asked} names it), or ask for another port."
                    : $"cannot be had: {fault.Message}.";
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' cannot start: port {asked}, which its endpoint '{endpoint.Name}' asks for, {why}",
                fault
            );
        }

        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        if (OperatingSystem.IsLinux())
        {
            // Bound but not listening, and marked SO_REUSEADDR by .NET: a server that marks its socket so too (nearly all do)
            // may listen on it, and nobody who asks for any free port is given it.
            _reserved.Add(socket);
        }
        else
        {
            socket.Dispose();
        }

        return port;
    }
}
