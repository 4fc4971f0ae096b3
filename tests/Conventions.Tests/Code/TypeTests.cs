using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Conventions.Tests.Code;

public sealed partial class TypeTests
{
    [Fact]
    public void Every_class_is_sealed_static_or_abstract() =>
        Rule.Holds(
            "Nobody derives from a class that was not made for it.",
            // BenchmarkDotNet derives from the classes it measures.
            Rule.Matches(
                Sources.CSharp.Where(file =>
                    file.Top != "standins" && file.Folder != "bench/Micro" && !file.Is(".razor.cs")
                ),
                UnsealedClass()
            )
        );

    [Fact]
    public void Options_that_are_bound_have_a_validator() =>
        Rule.Holds(
            "Wrong configuration stops the process at start.",
            from program in Programs.All
            from options in Programs.TypesOf(program)
            where options.Name.EndsWith("Options", StringComparison.Ordinal) && options.GetField("Section") is not null
            let validator = typeof(IValidateOptions<>).MakeGenericType(options)
            where !Programs.TypesOf(program).Any(validator.IsAssignableFrom)
            select $"{options.FullName} has no IValidateOptions"
        );

    [Fact]
    public void Names_end_in_what_the_type_is() =>
        Rule.Holds(
            "XValidator validates, XFeature registers, XMetrics counts.",
            from program in Programs.All
            from type in Programs.TypesOf(program)
            where !IsNamedForWhatItIs(type)
            select type.FullName
        );

    private static bool IsNamedForWhatItIs(Type type) =>
        (Ends(type, "Validator") == type.GetInterfaces().Any(IsValidator))
        && (!HasMeters(type) || Ends(type, "Metrics") || IsLedger(type))
        && (!Ends(type, "Feature") || type is { IsAbstract: true, IsSealed: true });

    private static bool Ends(Type type, string suffix) => type.Name.EndsWith(suffix, StringComparison.Ordinal);

    private static bool IsValidator(Type contract) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IValidateOptions<>);

    private static bool HasMeters(Type type) =>
        type.GetConstructors()
            .Any(constructor =>
                constructor
                    .GetParameters()
                    .Any(parameter => parameter.ParameterType == typeof(System.Diagnostics.Metrics.IMeterFactory))
            );

    /// <summary>The one instrument with a name of its own in the field: what is billed.</summary>
    private static bool IsLedger(Type type) => type.Name == "Ledger";

    [GeneratedRegex(
        @"^\s*((public|internal|private|protected|file|partial|readonly|new|unsafe)\s+)+(class|record(?!\s+struct))\s+\w+"
    )]
    private static partial Regex UnsealedClass();
}
