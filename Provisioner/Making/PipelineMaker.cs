using System.Diagnostics;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Provisioner.Making;

/// <summary>From the template to the queues and tables: read it all, find all that is wrong with it, and only then make anything.</summary>
internal sealed partial class PipelineMaker(
    IEnumerable<IResourceKind> kinds,
    EndpointWait endpoints,
    IOptions<ProvisionerOptions> options,
    ILogger<PipelineMaker> logger
)
{
    private static readonly ActivitySource Activities = new("Genesys.Provisioner");

    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("provision");

        var plan = Plan.Of(options.Value, kinds);
        if (plan.Faults.Count > 0)
        {
            return Fail(plan.Faults.Select(fault => $"{options.Value.Template}: {fault}"), ExitCode.BrokenTemplate);
        }

        foreach (var kind in plan.Kinds)
        {
            if (await endpoints.UntilAnswersAsync(kind, cancellationToken) is { } reason)
            {
                return Fail([reason], ExitCode.NotProvisioned);
            }
        }

        return await MakeAsync(plan, cancellationToken);
    }

    private async Task<ExitCode> MakeAsync(Plan plan, CancellationToken cancellationToken)
    {
        foreach (var step in plan.Steps)
        {
            switch (await TryMakeAsync(step, cancellationToken))
            {
                case MakeOutcome.Made made:
                    step.Complete(made);
                    Report(made);
                    break;
                case MakeOutcome.Conflict conflict:
                    return Fail([$"{conflict.Name} {conflict.Why}."], ExitCode.NotProvisioned);
                case var unknown:
                    throw new UnreachableException($"{unknown}");
            }
        }

        Log.Done(logger, plan.Steps.Count, options.Value.Template);
        return ExitCode.Provisioned;
    }

    /// <summary>A service that says no, or stopped answering, is a fact of the world and not a bug.</summary>
    private static async Task<MakeOutcome> TryMakeAsync(PlannedStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await step.MakeAsync(cancellationToken);
        }
        catch (Exception exception)
            when (exception is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return new MakeOutcome.Conflict(
                step.Resource.Id,
                $"was refused by {step.Kind.Service} at {step.Kind.Endpoint}: {exception.Message.TrimEnd('.')}"
            );
        }
    }

    private void Report(MakeOutcome.Made made)
    {
        switch (made.Change)
        {
            case Change.Created:
                Log.Created(logger, made.Name);
                break;
            case Change.Adjusted adjusted:
                Log.Adjusted(logger, made.Name, adjusted.What);
                break;
            default:
                Log.Kept(logger, made.Name);
                break;
        }
    }

    private ExitCode Fail(IEnumerable<string> reasons, ExitCode code)
    {
        foreach (var reason in reasons)
        {
            Log.Failed(logger, reason);
        }

        return code;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 50, Level = LogLevel.Information, Message = "Made {Name}.")]
        public static partial void Created(ILogger logger, string name);

        [LoggerMessage(EventId = 51, Level = LogLevel.Information, Message = "Kept {Name}: it is as it should be.")]
        public static partial void Kept(ILogger logger, string name);

        [LoggerMessage(EventId = 52, Level = LogLevel.Information, Message = "Changed {Name}: {What}.")]
        public static partial void Adjusted(ILogger logger, string name, string what);

        [LoggerMessage(
            EventId = 53,
            Level = LogLevel.Information,
            Message = "All {Count} resources of {Template} are there."
        )]
        public static partial void Done(ILogger logger, int count, string template);

        [LoggerMessage(EventId = 54, Level = LogLevel.Error, Message = "{Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
