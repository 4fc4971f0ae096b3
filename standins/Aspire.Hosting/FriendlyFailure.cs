namespace Aspire.Hosting;

/// <summary>
/// A fault that its reader can mend is told in one line, without a stack trace, wherever in Program.cs it comes up. The real Aspire
/// leaves it to the runtime, which prints the trace.
/// </summary>
internal static class FriendlyFailure
{
    private static int _installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref _installed, 1) is 0)
        {
            AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
            {
                if (unhandled.ExceptionObject is DistributedApplicationException fault)
                {
                    Console.Error.WriteLine($"error: {fault.Message}");
                    Environment.Exit(1);
                }
            };
        }
    }
}
