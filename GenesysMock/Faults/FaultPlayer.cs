using System.Net.Sockets;
using GenesysMock.Gate;
using Microsoft.AspNetCore.Connections.Features;

namespace GenesysMock.Faults;

/// <summary>Does to a request what its fault says.</summary>
internal sealed class FaultPlayer(TimeProvider time, IHostApplicationLifetime lifetime)
{
    public async Task DelayAsync(HttpContext context, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, context.RequestAborted);
        }
    }

    public Task PlayAsync(HttpContext context, Fault fault) =>
        fault.Kind switch
        {
            FaultKind.Hang => HangAsync(context),
            FaultKind.Reset or FaultKind.Lost => ResetAsync(context),
            FaultKind.Unauthorized => context.AnswerAsync(ApiError.BadCredentials),
            _ => AnswerAsync(context, fault),
        };

    private static Task AnswerAsync(HttpContext context, Fault fault) =>
        fault.Body switch
        {
            FaultBody.Html => GatewayPage.WriteAsync(context, fault.Status),
            FaultBody.Empty => EmptyAsync(context, fault.Status),
            _ => context.AnswerAsync(ApiError.Of(fault.Status)),
        };

    private static Task EmptyAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Until the caller gives up, or the mock stops.</summary>
    private async Task HangAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The one way in which this wait ends.
        }

        context.Abort();
    }

    /// <summary>Without lingering a closed socket sends RST, which is what a broken middlebox does.</summary>
    private static Task ResetAsync(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { } connection)
        {
            connection.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        context.Abort();
        return Task.CompletedTask;
    }
}
