using System.Runtime.InteropServices;
using System.Runtime.Versioning;

/// <summary>
/// How a .NET program tells what it allocated, with no special build: <c>DOTNET_STARTUP_HOOKS</c> has the runtime load this assembly into it
/// and run this before its Main. Whenever it is asked by SIGCONT, which disturbs nobody else, it says a line.
/// </summary>
/// <remarks>The runtime looks for just this name, in no namespace.</remarks>
internal static class StartupHook
{
    public const string Words = "Allocated bytes: ";

    /// <summary>Kept, for a registration that is collected is one no more.</summary>
    public static IDisposable? Registration { get; private set; }

    [UnsupportedOSPlatform("windows")]
    public static void Initialize() =>
        Registration = PosixSignalRegistration.Create(
            PosixSignal.SIGCONT,
            static _ => Console.Error.WriteLine($"{Words}{GC.GetTotalAllocatedBytes(precise: true)}")
        );
}
