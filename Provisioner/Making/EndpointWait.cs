using System.Net;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Provisioner.Making;

/// <summary>Waits until a service answers: whoever starts it may have started us at the same moment.</summary>
internal sealed partial class EndpointWait(
    IOptions<ProvisionerOptions> options,
    TimeProvider time,
    ILogger<EndpointWait> logger
)
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Null when it answers, else why it is not to be used.</summary>
    public async Task<string?> UntilAnswersAsync(IResourceKind kind, CancellationToken cancellationToken)
    {
        if (kind.Endpoint is not { } endpoint)
        {
            return $"{kind.Service}: no endpoint is set (AWS_ENDPOINT_URL_{kind.Service.ToUpperInvariant()} or AWS_ENDPOINT_URL). "
                + $"In an account the template is deployed as a stack: aws cloudformation deploy --template-file {options.Value.Template} --stack-name genesys-pipeline";
        }

        var started = time.GetTimestamp();
        while (await TryAsync(kind, cancellationToken) is { } failure)
        {
            if (failure is Failure.Lasting lasting)
            {
                return $"{kind.Service}: {lasting.Why}";
            }

            if (time.GetElapsedTime(started) >= options.Value.EndpointTimeout)
            {
                return $"{kind.Service}: nothing answers at {endpoint} after {options.Value.EndpointTimeout.TotalSeconds:0} s ({failure.Why}).";
            }

            Log.NoAnswerYet(logger, kind.Service, endpoint);
            await Task.Delay(ProbeInterval, time, cancellationToken);
        }

        return null;
    }

    private static async Task<Failure?> TryAsync(IResourceKind kind, CancellationToken cancellationToken)
    {
        try
        {
            await kind.ProbeAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return FailureOf(exception);
        }
    }

    private static Failure? FailureOf(Exception exception) =>
        exception switch
        {
            // A no is an answer; whoever makes the resources will hear it too.
            AmazonServiceException { StatusCode: > 0 and < HttpStatusCode.InternalServerError } => null,
            // Nothing was sent: no credentials, for one. The SDK goes on to list all it tried.
            AmazonClientException when exception.GetBaseException() == exception => new Failure.Lasting(
                $"{exception.Message.Split(". ")[0].TrimEnd('.')}."
            ),
            _ => new Failure.Passing(exception.GetBaseException().Message),
        };

    private abstract record Failure(string Why)
    {
        /// <summary>It may be gone a moment later.</summary>
        internal sealed record Passing(string Why) : Failure(Why);

        internal sealed record Lasting(string Why) : Failure(Why);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 61, Level = LogLevel.Debug, Message = "{Service} at {Endpoint} does not answer yet.")]
        public static partial void NoAnswerYet(ILogger logger, string service, string endpoint);
    }
}
