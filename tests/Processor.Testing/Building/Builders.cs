namespace Processor.Testing.Building;

/// <summary>The words tests begin with.</summary>
internal static class Builders
{
    public static EventBuilder AnEvent() => new();

    public static MessageBuilder AMessage() => new();
}
