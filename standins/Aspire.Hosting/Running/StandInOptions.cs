using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <summary>What only this stand-in has: section `StandIn` of the AppHost's configuration.</summary>
internal sealed record StandInOptions
{
    /// <summary>The real Aspire leaves a crashed process down.</summary>
    public bool RestartCrashedProjects { get; init; } = true;

    /// <summary>Those that ended as they should start again as well: for whoever drains one after the other under traffic.</summary>
    public bool RestartEndedProjects { get; init; }

    /// <summary>How long a process may take to become healthy: a cold .NET service on a busy machine needs a tenth of it.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a process may drain before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public static StandInOptions From(IConfiguration configuration)
    {
        try
        {
            var options = configuration.GetSection("StandIn").Get<StandInOptions>() ?? new StandInOptions();
            return options.StartTimeout > TimeSpan.Zero && options.StopTimeout > TimeSpan.Zero
                ? options
                : throw new DistributedApplicationException(
                    "StandIn:StartTimeout and StandIn:StopTimeout must be longer than nothing."
                );
        }
        catch (InvalidOperationException fault)
        {
            throw new DistributedApplicationException(
                $"Section StandIn of the configuration is wrong: {fault.Message}",
                fault
            );
        }
    }
}
