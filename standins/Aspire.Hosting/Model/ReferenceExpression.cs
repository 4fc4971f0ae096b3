using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A string made of literal parts and of values that are known only when something starts.</summary>
public partial class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    private readonly string[] _manifestExpressions;

    private ReferenceExpression(string format, IValueProvider[] valueProviders, string[] manifestExpressions)
    {
        Format = format;
        ValueProviders = valueProviders;
        _manifestExpressions = manifestExpressions;
    }

    public string Format { get; }

    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    public string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, [.. _manifestExpressions]);

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.GetExpression();

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        GetValueAsync(new ValueProviderContext(), cancellationToken);

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = await ValueProviders[i].GetValueAsync(context, cancellationToken);
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _format = new(literalLength * 2);
        private readonly List<IValueProvider> _valueProviders = new(formattedCount);
        private readonly List<string> _manifestExpressions = new(formattedCount);

        public void AppendLiteral(string value) => _format.Append(Escaped(value));

        public void AppendFormatted(string? value) => _format.Append(Escaped(value ?? ""));

        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider
        {
            _format.Append(CultureInfo.InvariantCulture, $"{{{_valueProviders.Count}}}");
            _valueProviders.Add(valueProvider);
            _manifestExpressions.Add(valueProvider.ValueExpression);
        }

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider
        {
            AppendFormatted(valueProvider.Resource);
        }

        internal ReferenceExpression GetExpression() =>
            new(_format.ToString(), [.. _valueProviders], [.. _manifestExpressions]);

        /// <summary>For string.Format. As in the real one, a brace that is doubled already counts as escaped.</summary>
        private static string Escaped(string literal) =>
            Brace().Replace(literal, brace => brace.Length is 1 ? brace.Value + brace.Value : brace.Value);
    }

    [GeneratedRegex(@"\{\{?|\}\}?")]
    private static partial Regex Brace();
}
