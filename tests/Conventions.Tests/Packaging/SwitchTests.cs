using System.Diagnostics;
using System.Text.Json;
using Testing;

namespace Conventions.Tests.Packaging;

/// <summary>What the one switch must not do, asked of MSBuild itself: no package of the other graph is needed for that.</summary>
public sealed class SwitchTests
{
    [Fact]
    public async Task The_real_packages_touch_no_committed_lock_file_and_bring_what_they_need()
    {
        var real = await PropertiesAsync("true");

        Assert.Equal("obj/packages.aspire.lock.json", real.GetProperty("NuGetLockFilePath").GetString());
        Assert.NotEqual("true", real.GetProperty("RestorePackagesWithLockFile").GetString());
        Assert.NotEqual("true", real.GetProperty("CentralPackageTransitivePinningEnabled").GetString());
    }

    [Fact]
    public async Task The_stand_ins_are_locked_and_pinned()
    {
        var standIns = await PropertiesAsync("false");

        Assert.Equal("", standIns.GetProperty("NuGetLockFilePath").GetString());
        Assert.Equal("true", standIns.GetProperty("RestorePackagesWithLockFile").GetString());
        Assert.Equal("true", standIns.GetProperty("CentralPackageTransitivePinningEnabled").GetString());
    }

    private static async Task<JsonElement> PropertiesAsync(string useAspire)
    {
        using var msbuild = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    "msbuild",
                    Repository.PathOf("Events", "Events.csproj"),
                    "-nodeReuse:false",
                    $"-p:UseAspire={useAspire}",
                    "-getProperty:NuGetLockFilePath,RestorePackagesWithLockFile,CentralPackageTransitivePinningEnabled",
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var json = await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await msbuild.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, msbuild.ExitCode);
        return JsonDocument.Parse(json).RootElement.GetProperty("Properties");
    }
}
