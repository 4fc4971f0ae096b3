using Operations.Access;
using Operations.Answering;

namespace Operations.Redriving;

/// <summary>Redrives over HTTP; the same desk that the pages and the commands ask.</summary>
internal static class RedriveEndpoints
{
    public static void MapRedrives(this IEndpointRouteBuilder api)
    {
        var redrives = api.MapGroup("/redrives").WithTags("Redrives");
        redrives.MapGet("", ListAsync).WithSummary("The latest redrives, newest first.");
        redrives.MapGet("/{id}", FindAsync).WithSummary("How far a redrive is.");
        redrives
            .MapPost("", OrderAsync)
            .WithSummary("Orders a redrive of a group or of chosen letters.")
            .RequireAuthorization(Roles.MayAct);
        redrives
            .MapPost("/{id}/pause", PauseAsync)
            .WithSummary("Sends nothing more for now.")
            .RequireAuthorization(Roles.MayAct);
        redrives
            .MapPost("/{id}/resume", ResumeAsync)
            .WithSummary("Goes on where it paused or stopped.")
            .RequireAuthorization(Roles.MayAct);
        redrives
            .MapPost("/{id}/cancel", CancelAsync)
            .WithSummary("Ends it; what was sent stays sent.")
            .RequireAuthorization(Roles.MayAct);
    }

    private static async Task<IReadOnlyList<RedriveView>> ListAsync(
        RedriveDesk desk,
        CancellationToken cancellationToken
    ) => await desk.ListAsync(cancellationToken);

    private static async Task<IResult> FindAsync(string id, RedriveDesk desk, CancellationToken cancellationToken) =>
        (await desk.FindAsync(id, cancellationToken)).ToResult();

    private static async Task<IResult> OrderAsync(HttpContext context, RedriveOrder order, RedriveDesk desk) =>
        (await desk.OrderAsync(order, Actor.Of(context.User).Name, context.RequestAborted)).ToResult();

    private static async Task<IResult> PauseAsync(HttpContext context, string id, RedriveDesk desk) =>
        (await desk.PauseAsync(id, Actor.Of(context.User).Name, context.RequestAborted)).ToResult();

    private static async Task<IResult> ResumeAsync(HttpContext context, string id, RedriveDesk desk) =>
        (await desk.ResumeAsync(id, Actor.Of(context.User).Name, context.RequestAborted)).ToResult();

    private static async Task<IResult> CancelAsync(HttpContext context, string id, RedriveDesk desk) =>
        (await desk.CancelAsync(id, Actor.Of(context.User).Name, context.RequestAborted)).ToResult();
}
