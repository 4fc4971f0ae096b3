using System.Diagnostics;
using Ingestor.Sending;

namespace Ingestor.Receiving;

/// <summary>How a body that could not be read is answered, whichever protocol it came in.</summary>
internal readonly record struct BodyRefusal(int Status, RefusalReason Reason, string Detail)
{
    public static BodyRefusal Of(BodyRead read) =>
        read switch
        {
            BodyRead.TooLarge tooLarge => new(
                StatusCodes.Status413PayloadTooLarge,
                RefusalReason.TooLarge,
                $"A body may have {tooLarge.BytesMax} bytes, also when it is unpacked."
            ),
            BodyRead.TooSlow => new(
                StatusCodes.Status408RequestTimeout,
                RefusalReason.TooSlow,
                "The body did not arrive in time."
            ),
            BodyRead.NoRoom => new(
                StatusCodes.Status429TooManyRequests,
                RefusalReason.Overloaded,
                "The memory for bodies is taken; send this one again."
            ),
            BodyRead.Malformed malformed => new(
                StatusCodes.Status400BadRequest,
                RefusalReason.Malformed,
                malformed.Detail
            ),
            BodyRead.UnsupportedCoding => new(
                StatusCodes.Status415UnsupportedMediaType,
                RefusalReason.UnsupportedMediaType,
                "Content-Encoding may be gzip, once."
            ),
            _ => throw new UnreachableException($"{read}"),
        };
}
