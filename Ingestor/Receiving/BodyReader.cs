using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Options;

namespace Ingestor.Receiving;

/// <summary>Reads a request's body into pooled memory, within its limits of size, time and room.</summary>
internal sealed class BodyReader(BodyRoom room, IOptions<ReceivingOptions> options, TimeProvider time)
{
    // What is rented before the first byte has arrived; a Content-Length is only a promise.
    private const int FirstBytesMax = 64 * 1024;
    private const int FirstBytesUnknown = 4 * 1024;

    private readonly int _bytesMax = room.BodyBytesMax;
    private readonly TimeSpan _timeout = options.Value.BodyTimeout;

    public async ValueTask<BodyRead> ReadAsync(HttpContext context)
    {
        var announced = context.Request.ContentLength;
        if (announced > _bytesMax)
        {
            return new BodyRead.TooLarge(_bytesMax);
        }

        if (!RentedBody.TryRent(room, (int)Math.Min(announced ?? FirstBytesUnknown, FirstBytesMax), out var body))
        {
            return new BodyRead.NoRoom();
        }

        BodyRead? failure = null;
        try
        {
            failure = await FillAsync(body, context.Request.BodyReader);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            failure = context.RequestAborted.IsCancellationRequested ? new BodyRead.CallerGone() : FailureOf(exception);
        }
        finally
        {
            if (failure is not null)
            {
                body.Dispose();
            }
        }

        return failure ?? new BodyRead.Whole(body);
    }

    private BodyRead FailureOf(Exception exception) =>
        exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new BodyRead.TooLarge(
                _bytesMax
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new BodyRead.TooSlow(),
            _ => new BodyRead.Malformed("The body is not framed as its headers say."),
        };

    /// <summary>Null when the whole body is in.</summary>
    private async ValueTask<BodyRead?> FillAsync(RentedBody body, PipeReader reader)
    {
        // Nearly every body is there already when its headers are; only one that is not needs a clock.
        if (reader.TryRead(out var first))
        {
            if (Take(body, reader, first) is { } early)
            {
                return early;
            }

            if (first.IsCompleted)
            {
                return null;
            }
        }

        using var clock = time.CreateTimer(
            static state => ((PipeReader)state!).CancelPendingRead(),
            reader,
            _timeout,
            Timeout.InfiniteTimeSpan
        );
        while (true)
        {
            var result = await reader.ReadAsync();
            if (result.IsCanceled)
            {
                return new BodyRead.TooSlow();
            }

            if (Take(body, reader, result) is { } failure)
            {
                return failure;
            }

            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    private BodyRead? Take(RentedBody body, PipeReader reader, ReadResult result)
    {
        var arrived = result.Buffer;
        try
        {
            if (body.Length + arrived.Length > _bytesMax)
            {
                return new BodyRead.TooLarge(_bytesMax);
            }

            if (!body.TryGrow((int)arrived.Length))
            {
                return new BodyRead.NoRoom();
            }

            arrived.CopyTo(body.Free);
            body.Advance((int)arrived.Length);
            return null;
        }
        finally
        {
            reader.AdvanceTo(arrived.End);
        }
    }
}
