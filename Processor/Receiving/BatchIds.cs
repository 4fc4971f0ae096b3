using System.Globalization;

namespace Processor.Receiving;

/// <summary>Ids of batch entries are positions: message ids may repeat, and then SQS refuses the whole call.</summary>
internal static class BatchIds
{
    private static readonly string[] Ids =
    [
        .. Enumerable.Range(0, 10).Select(position => position.ToString(CultureInfo.InvariantCulture)),
    ];

    public static string Of(int position) => Ids[position];

    public static int PositionOf(string id) => int.Parse(id, CultureInfo.InvariantCulture);
}
