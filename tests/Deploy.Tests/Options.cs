using System.Reflection;

namespace Deploy.Tests;

/// <summary>The defaults of a service's options, as the built service has them.</summary>
internal static class Options
{
    public static TimeSpan Duration(string service, string options, string setting) =>
        (TimeSpan)Default(service, options, setting);

    public static int Number(string service, string options, string setting) => (int)Default(service, options, setting);

    private static object Default(string service, string options, string setting)
    {
        var type = Assembly.Load(service).GetType($"{service}.{options}", throwOnError: true)!;
        return type.GetProperty(setting)!.GetValue(Activator.CreateInstance(type, nonPublic: true))!;
    }
}
