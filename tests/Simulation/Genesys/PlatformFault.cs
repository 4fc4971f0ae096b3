using Simulation.Histories;

namespace Simulation.Genesys;

/// <summary>What may happen to one call of the API.</summary>
internal enum PlatformFault
{
    None,
    Unreachable,
    Late,

    /// <summary>It was served, and the connection broke before the answer.</summary>
    ConnectionLost,

    /// <summary>It was served, and no answer comes.</summary>
    Silence,
    ServerError,
    Throttled,
    Unauthorized,
    NotFound,
    Garbage,
    TokenFailure,
}

internal static class PlatformFaults
{
    extension(Rates rates)
    {
        public IEnumerable<(PlatformFault Fault, double Rate)> OfCalls =>
            [
                (PlatformFault.Throttled, rates.Throttled),
                (PlatformFault.Unauthorized, rates.Unauthorized),
                (PlatformFault.ServerError, rates.ServerError),
                (PlatformFault.Unreachable, rates.Unreachable),
                (PlatformFault.ConnectionLost, rates.LostAfterEffect / 2),
                (PlatformFault.Silence, rates.LostAfterEffect / 2),
                (PlatformFault.Late, rates.Late),
                (PlatformFault.NotFound, rates.NotFound / 2),
                (PlatformFault.Garbage, rates.ServerError / 4),
            ];
    }
}
