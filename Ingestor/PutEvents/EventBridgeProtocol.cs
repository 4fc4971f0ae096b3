using Ingestor.Authorizing;
using Ingestor.Receiving;
using Ingestor.Sending;

namespace Ingestor.PutEvents;

/// <summary>
/// <c>POST /</c>: the AWS JSON 1.1 protocol as far as a publisher needs it. The operation is in <c>X-Amz-Target</c>, the sender
/// signs headers and body.
/// </summary>
internal sealed class EventBridgeProtocol(
    Authorizer authorizer,
    BodyReader bodies,
    ContentCoding coding,
    PutEventsOperation putEvents,
    IngestMetrics metrics
)
{
    public const string ContentType = "application/x-amz-json-1.1";

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();

        var authorization = authorizer.CheckHeaders(context.Request);
        if (authorization is Authorization.Denied early)
        {
            await DenyAsync(context, early);
            return;
        }

        if (
            !ContentType.Equals(
                context.Request.ContentType?.Split(';')[0].TrimEnd(),
                StringComparison.OrdinalIgnoreCase
            )
        )
        {
            metrics.Refused(RefusalReason.UnsupportedMediaType);
            await EventBridgeError.WriteAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                "SerializationException",
                $"Content-Type must be {ContentType}."
            );
            return;
        }

        var read = await bodies.ReadAsync(context);
        if (read is BodyRead.Whole raw)
        {
            if (
                authorization is Authorization.DependsOnBody signed
                && authorizer.CheckSignature(context, signed, raw.Body.Span) is Authorization.Denied late
            )
            {
                raw.Body.Dispose();
                await DenyAsync(context, late);
                return;
            }

            read = coding.Decode(raw.Body, context.Request);
        }

        await (read is BodyRead.Whole whole ? OperateAsync(context, whole.Body) : RefuseAsync(context, read));
    }

    private async Task OperateAsync(HttpContext context, RentedBody body)
    {
        using (body)
        {
            switch (context.Request.Headers["X-Amz-Target"].ToString())
            {
                case "AWSEvents.PutEvents":
                    await putEvents.HandleAsync(context, body);
                    break;
                case "AWSEvents.TestEventPattern":
                    await TestEventPatternOperation.HandleAsync(context, body.Span);
                    break;
                default:
                    metrics.Refused(RefusalReason.UnknownOperation);
                    await EventBridgeError.WriteAsync(
                        context,
                        StatusCodes.Status400BadRequest,
                        "UnknownOperationException",
                        "X-Amz-Target must be AWSEvents.PutEvents or AWSEvents.TestEventPattern."
                    );
                    break;
            }
        }
    }

    private Task DenyAsync(HttpContext context, Authorization.Denied denied)
    {
        metrics.Refused(RefusalReason.Unauthorized);
        return EventBridgeError.WriteAsync(context, denied.Status, denied.Code, denied.Message);
    }

    private Task RefuseAsync(HttpContext context, BodyRead read)
    {
        if (read is BodyRead.CallerGone)
        {
            // An answer that nobody has written would be a 200.
            context.Abort();
            return Task.CompletedTask;
        }

        var refusal = BodyRefusal.Of(read);
        metrics.Refused(refusal.Reason);
        var code = refusal.Reason switch
        {
            RefusalReason.Overloaded => "ThrottlingException",
            RefusalReason.TooLarge => "RequestEntityTooLargeException",
            _ => "SerializationException",
        };
        return EventBridgeError.WriteAsync(context, refusal.Status, code, refusal.Detail);
    }
}
