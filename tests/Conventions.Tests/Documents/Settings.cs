using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Conventions.Tests.Documents;

/// <summary>One setting of one program.</summary>
internal sealed record Setting(string Program, string Key, string Default, string Allowed, string Why, bool IsNumber);

/// <summary>All of them: the properties of the options types, with defaults as the types have them.</summary>
internal static class Settings
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. from program in Programs.All
        from options in BoundIn(program).OrderBy(SectionOf, StringComparer.Ordinal)
        from setting in Of(program, options, SectionOf(options), Activator.CreateInstance(options, true))
        select setting,
    ];

    /// <summary>The types with a section or a validator.</summary>
    private static IEnumerable<Type> BoundIn(Assembly program) =>
        Programs
            .TypesOf(program)
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Where(type =>
                type.GetField("Section") is not null
                || Programs
                    .TypesOf(program)
                    .Any(other => typeof(IValidateOptions<>).MakeGenericType(type).IsAssignableFrom(other))
            );

    private static string SectionOf(Type options) =>
        options.GetField("Section")?.GetRawConstantValue() is string section ? $"{section}:" : "";

    private static IEnumerable<Setting> Of(Assembly program, Type type, string path, object? instance)
    {
        var comments = new Comments(program, type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting))
        {
            var key = path + (property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name);
            var value = instance is null ? null : property.GetValue(instance);
            var element = ElementOf(property.PropertyType);
            var inner = element ?? property.PropertyType;
            if (element is not null)
            {
                key += inner.Name.StartsWith(nameof(KeyValuePair), StringComparison.Ordinal) ? ":NAME" : ":n";
            }

            if (!IsNested(inner))
            {
                yield return new Setting(
                    program.GetName().Name!,
                    key,
                    element is null ? Words.Default(property, value) : "",
                    Words.Allowed(property, inner),
                    comments.Of(property.Name),
                    Words.IsNumber(inner)
                );
                continue;
            }

            var defaults = element is null ? value : Activator.CreateInstance(inner, nonPublic: true);
            foreach (var setting in Of(program, inner, $"{key}:", defaults))
            {
                yield return setting;
            }
        }
    }

    private static bool IsSetting(PropertyInfo property) =>
        property is { CanWrite: true, SetMethod.IsPublic: true } && property.GetIndexParameters().Length == 0;

    private static Type? ElementOf(Type type) =>
        type == typeof(string)
            ? null
            : type.GetInterfaces()
                .Append(type)
                .FirstOrDefault(contract =>
                    contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEnumerable<>)
                )
                ?.GetGenericArguments()[0];

    /// <summary>A class of ours with settings of its own, and not one that is read from a single text.</summary>
    private static bool IsNested(Type type) =>
        type.IsClass
        && Programs.All.Contains(type.Assembly)
        && !type.IsDefined(typeof(TypeConverterAttribute))
        && type.GetProperties().Any(IsSetting);
}
