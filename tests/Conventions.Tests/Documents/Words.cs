using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Conventions.Tests.Documents;

/// <summary>How the page writes values and what attributes allow.</summary>
internal static class Words
{
    public static bool IsNumber(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(TimeSpan) || (plain.IsPrimitive && plain != typeof(bool));
    }

    public static string Default(PropertyInfo property, object? value) =>
        value switch
        {
            null or "" when property.IsDefined(typeof(RequiredAttribute)) && IsInitOnly(property) => "**required**",
            null or "" => "",
            bool flag => flag ? "`true`" : "`false`",
            TimeSpan duration => $"`{Trimmed(duration)}`",
            IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
            _ => $"`{value}`".Replace(AppContext.BaseDirectory, "", StringComparison.Ordinal),
        };

    public static string Allowed(PropertyInfo property, Type type)
    {
        var allowed = string.Join(
            ", ",
            property.GetCustomAttributes<ValidationAttribute>().Select(Allowed).OfType<string>()
        );
        var plain = Nullable.GetUnderlyingType(type) ?? type;

        return allowed.Length > 0 ? allowed
            : plain.IsEnum ? string.Join(", ", Enum.GetNames(plain).Select(name => $"`{name}`"))
            : plain == typeof(bool) ? "`true`, `false`"
            : plain == typeof(Uri) ? "a URL"
            : plain == typeof(TimeSpan) ? "a duration"
            : "";
    }

    /// <summary>What can be set later is filled in at start, from what the process knows.</summary>
    private static bool IsInitOnly(PropertyInfo property) =>
        property
            .SetMethod!.ReturnParameter.GetRequiredCustomModifiers()
            .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private static string? Allowed(ValidationAttribute attribute) =>
        attribute switch
        {
            RangeAttribute range => $"`{Number(range.Minimum)}` to `{Number(range.Maximum)}`",
            StringLengthAttribute { MinimumLength: 0 } length => $"up to {length.MaximumLength} characters",
            StringLengthAttribute length => $"{length.MinimumLength} to {length.MaximumLength} characters",
            RegularExpressionAttribute expression => $"`{expression.Pattern}`",
            AllowedValuesAttribute values => string.Join(", ", values.Values.Select(value => $"`{value}`")),
            _ => null,
        };

    private static string Trimmed(TimeSpan duration) =>
        duration.Ticks % TimeSpan.TicksPerSecond == 0 ? $"{duration}" : $"{duration}".TrimEnd('0');

    private static string Number(object value) => string.Create(CultureInfo.InvariantCulture, $"{value}");
}
