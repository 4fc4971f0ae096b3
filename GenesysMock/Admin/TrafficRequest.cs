using GenesysMock.Traffic;

namespace GenesysMock.Admin;

/// <summary>The body of <c>POST /mock/traffic</c>. What it does not say is as in the scenario.</summary>
/// <param name="Events">How many distinct things, poison included: exactly.</param>
/// <param name="RatePerSecond">Deliveries a second; without it, as fast as they are accepted.</param>
/// <param name="Scenario">Whose traffic it is to be. The API goes on behaving as it does.</param>
internal sealed record TrafficRequest(
    int Events,
    int? Seed,
    double? RatePerSecond,
    string? Scenario,
    double? Duplicates,
    double? Reorder,
    double? Late,
    double? Poison,
    double? Unknown,
    double? Large,
    double? Transcribed,
    double? Ambient,
    int? EventsPerConversation,
    Burst? Burst
)
{
    public TrafficShape Reshape(TrafficShape shape) =>
        shape with
        {
            Duplicates = Duplicates ?? shape.Duplicates,
            Reorder = Reorder ?? shape.Reorder,
            Late = Late ?? shape.Late,
            Poison = Poison ?? shape.Poison,
            Unknown = Unknown ?? shape.Unknown,
            Large = Large ?? shape.Large,
            Transcribed = Transcribed ?? shape.Transcribed,
            Ambient = Ambient ?? shape.Ambient,
            EventsPerConversation = EventsPerConversation ?? shape.EventsPerConversation,
            Burst = Burst ?? shape.Burst,
        };
}
