using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Conventions.Tests;

/// <summary>One log message of the product.</summary>
internal sealed record LogEvent(string Program, string Source, bool IsNested, int Id, LogLevel Level, string Message);

/// <summary>All of them, as the attributes in the built programs say.</summary>
internal static class LogEvents
{
    public static IReadOnlyList<LogEvent> All { get; } =
    [
        .. from program in Programs.All
        from type in program.GetTypes()
        from method in type.GetMethods(
            BindingFlags.Static
                | BindingFlags.Instance
                | BindingFlags.Public
                | BindingFlags.NonPublic
                | BindingFlags.DeclaredOnly
        )
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        orderby attribute.EventId
        select new LogEvent(
            program.GetName().Name!,
            (type.DeclaringType ?? type).Name,
            type is { Name: "Log", IsNestedPrivate: true },
            attribute.EventId,
            attribute.Level,
            attribute.Message
        ),
    ];
}
