using Processor.Testing.World;

namespace Simulation.Tables;

internal static class Serving
{
    /// <summary>One call of a seam: the way there, what happens there, the way back.</summary>
    public static Task<T> ServeAsync<T>(
        this Faults faults,
        string operation,
        Func<T> serve,
        T unavailable,
        CancellationToken cancellationToken
    ) =>
        Asking.AskAsync(
            async () =>
            {
                var fault = await faults.ArriveAsync(operation);
                var answer = fault == Fault.Away ? unavailable : serve();
                await faults.TravelAsync();
                return fault == Fault.AnswerLost ? unavailable : answer;
            },
            cancellationToken
        );
}
