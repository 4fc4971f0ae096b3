using System.Runtime.InteropServices;

namespace Aspire.Hosting.Starting;

/// <summary>The `dotnet` that runs the AppHost itself; neither PATH nor DOTNET_ROOT need name it.</summary>
internal static class DotnetHost
{
    /// <summary>The runtime lies in `dotnet/shared/Microsoft.NETCore.App/10.0.x/`.</summary>
    public static string Path { get; } =
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")
        );
}
