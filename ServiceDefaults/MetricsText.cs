using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ServiceDefaults;

/// <summary>
/// Writes the metrics of this process in the text format of Prometheus, when somebody asks. The SDK aggregates; its own exporter for
/// this format is not to be had from every registry.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class MetricsText : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly StringBuilder _text = new();

    public Func<int, bool>? Collect { get; set; }

    public string Text => _text.ToString();

    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text.Clear();
        foreach (var metric in batch)
        {
            Write(metric);
        }

        return ExportResult.Success;
    }

    private void Write(Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var isHistogram = metric.MetricType == MetricType.Histogram;
        var name = $"{metric.Name.Replace('.', '_')}{(isCounter ? "_total" : "")}";
        _text.Append("# TYPE ").Append(name).Append(' ');
        _text
            .Append(
                isCounter ? "counter"
                : isHistogram ? "histogram"
                : "gauge"
            )
            .Append('\n');

        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = LabelsOf(point);
            if (isHistogram)
            {
                Write($"{name}_sum", labels, point.GetHistogramSum());
                Write($"{name}_count", labels, point.GetHistogramCount());
                continue;
            }

            Write(
                name,
                labels,
                metric.MetricType switch
                {
                    MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
                    MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
                    MetricType.LongGauge => point.GetGaugeLastValueLong(),
                    MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
                    _ => 0,
                }
            );
        }
    }

    private void Write(string name, string labels, double value) =>
        _text
            .Append(name)
            .Append(labels)
            .Append(' ')
            .Append(value.ToString("R", CultureInfo.InvariantCulture))
            .Append('\n');

    private static string LabelsOf(in MetricPoint point)
    {
        var labels = new List<string>();
        foreach (var tag in point.Tags)
        {
            labels.Add($"{tag.Key.Replace('.', '_')}=\"{Escape(tag.Value)}\"");
        }

        return labels.Count == 0 ? "" : $"{{{string.Join(',', labels)}}}";
    }

    private static string Escape(object? value) =>
        (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
