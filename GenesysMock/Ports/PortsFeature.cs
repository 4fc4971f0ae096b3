using System.Globalization;

namespace GenesysMock.Ports;

internal static class PortsFeature
{
    /// <summary>Adds the login port to the addresses that are configured, on the same host as the first of them.</summary>
    public static void AddPorts(this WebApplicationBuilder builder)
    {
        builder.AddSettings<PortsOptions, PortsOptionsValidator>(section: "", shared: true);

        // A value that is no port is the validator's to report, when the host starts.
        var configured = builder.Configuration[PortsOptions.LoginPortKey];
        if (ushort.TryParse(configured, CultureInfo.InvariantCulture, out var port))
        {
            var addresses = Addresses(builder.Configuration);
            builder.WebHost.UseUrls([.. addresses, $"http://{BindingAddress.Parse(addresses[0]).Host}:{port}"]);
        }
    }

    public static void UsePorts(this WebApplication app) => app.UseMiddleware<HostSplit>();

    private static string[] Addresses(ConfigurationManager configuration)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey];
        var ports = configuration[WebHostDefaults.HttpPortsKey];
        return (urls, ports) switch
        {
            ({ Length: > 0 }, _) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries),
            (_, { Length: > 0 }) =>
            [
                .. ports.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(number => $"http://*:{number}"),
            ],
            _ => ["http://localhost:5000"],
        };
    }
}
