using System.IO.Compression;

namespace Ingestor.Receiving;

/// <summary>Undoes <c>Content-Encoding: gzip</c>. What comes out has the same limit as what comes in: a bomb ends there.</summary>
internal sealed class ContentCoding(BodyRoom room)
{
    private const int StepBytes = 16 * 1024;

    // Otherwise a stream that ends before its check sum counts as whole.
    static ContentCoding() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The same body where it has no coding. Takes over the body it is given, in every case.</summary>
    public BodyRead Decode(RentedBody body, HttpRequest request)
    {
        var coding = request.Headers.ContentEncoding.ToString();
        if (coding.Length == 0 || coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return new BodyRead.Whole(body);
        }

        using (body)
        {
            return coding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
                ? Inflate(body)
                : new BodyRead.UnsupportedCoding(coding);
        }
    }

    private BodyRead Inflate(RentedBody compressed)
    {
        if (!RentedBody.TryRent(room, StepBytes, out var inflated))
        {
            return new BodyRead.NoRoom();
        }

        BodyRead? failure = null;
        try
        {
            using var gzip = new GZipStream(compressed.AsStream(), CompressionMode.Decompress);
            failure = Fill(inflated, gzip);
        }
        catch (InvalidDataException)
        {
            failure = new BodyRead.Malformed("The body is not gzip, though its Content-Encoding says so.");
        }
        finally
        {
            if (failure is not null)
            {
                inflated.Dispose();
            }
        }

        return failure ?? new BodyRead.Whole(inflated);
    }

    private BodyRead? Fill(RentedBody inflated, GZipStream gzip)
    {
        while (true)
        {
            if (!inflated.TryGrow(StepBytes))
            {
                return new BodyRead.NoRoom();
            }

            var count = gzip.Read(inflated.Free);
            if (count == 0)
            {
                return null;
            }

            if (inflated.Length + count > room.BodyBytesMax)
            {
                return new BodyRead.TooLarge(room.BodyBytesMax);
            }

            inflated.Advance(count);
        }
    }
}
