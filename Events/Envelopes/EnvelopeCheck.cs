using System.Text.Json;

namespace Events.Envelopes;

/// <summary>Whether the envelope is one, of a version we know, with a body in it.</summary>
internal static class EnvelopeCheck
{
    public static Decoded.Poison? Of(scoped in EnvelopeReader envelope)
    {
        var (member, kind) = FirstFault(envelope);
        if (member is not null)
        {
            return new Decoded.Poison(PoisonReason.NoEnvelope, $"{member} is {kind.InWords()}");
        }

        // A version left out is the one there is; one we do not know may mean anything.
        if (!IsAbsentOr(envelope.Version, "0"u8, envelope))
        {
            return new Decoded.Poison(PoisonReason.UnsupportedVersion, "version");
        }

        if (!IsAbsentOr(envelope.Detail.Version, "2"u8, envelope))
        {
            return new Decoded.Poison(PoisonReason.UnsupportedVersion, "detail.version");
        }

        return envelope.Detail.BodyKind == JsonTokenType.StartObject
            ? null
            : new Decoded.Poison(PoisonReason.NoEventBody, $"detail.eventBody is {envelope.Detail.BodyKind.InWords()}");
    }

    private static (string? Member, JsonTokenType Kind) FirstFault(scoped in EnvelopeReader envelope) =>
        envelope switch
        {
            { Topic: null } => ("detail-type", envelope.DetailType.Kind),
            _ when !envelope.Source.IsText(envelope.Bytes) => ("source", envelope.Source.Kind),
            _ when !envelope.Id.IsText(envelope.Bytes) => ("id", envelope.Id.Kind),
            { Detail.Kind: not JsonTokenType.StartObject } => ("detail", envelope.Detail.Kind),
            _ => default,
        };

    private static bool IsAbsentOr(Scalar version, ReadOnlySpan<byte> known, scoped in EnvelopeReader envelope) =>
        version.IsAbsent || (version.IsString && version.Raw(envelope.Bytes).SequenceEqual(known));
}
