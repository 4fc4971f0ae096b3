namespace Ingestor.PutEvents;

/// <summary>
/// One entry of a PutEvents request; its texts lie unescaped in the scratch memory of the request. A text that is absent has no
/// bytes, as one that is empty: the service makes no difference either.
/// </summary>
internal struct PutEventsEntry
{
    public Range Source;
    public Range DetailType;
    public Range Detail;
    public DateTimeOffset? Time;
    public List<Range>? Resources;

    /// <summary>
    /// The size as the service counts it: 14 bytes for the time, and the UTF-8 bytes of source, detail type, detail and resources.
    /// </summary>
    public readonly int Size
    {
        get
        {
            var size = (Time is null ? 0 : 14) + LengthOf(Source) + LengthOf(DetailType) + LengthOf(Detail);
            foreach (var resource in Resources ?? [])
            {
                size += LengthOf(resource);
            }

            return size;
        }
    }

    private static int LengthOf(Range text) => text.End.Value - text.Start.Value;
}
