using System.ComponentModel;
using System.Text;
using Operations.Access;
using Operations.Answering;
using Operations.Previewing;

namespace Operations.DeadLetters;

/// <summary>Dead letters over HTTP; the same desk that the pages and the commands ask.</summary>
internal static class DeadLetterEndpoints
{
    private const int GroupsMax = 20;

    public static void MapDeadLetters(this IEndpointRouteBuilder api)
    {
        var letters = api.MapGroup("/dead-letters").WithTags("Dead letters");
        letters
            .MapGet("/groups", GroupsAsync)
            .WithSummary("Open letters by class and normalised reason, the oldest first.");
        letters.MapGet("", FindAsync).WithSummary("A page of letters, the oldest first.");
        letters
            .MapGet("/{id}", ShowAsync)
            .WithSummary(
                "One letter with its body, masked, and what a redrive would meet. Only an operator may ask for it unmasked."
            );
        letters
            .MapPost("/{id}/discard", DiscardAsync)
            .WithSummary("Drops a letter for good.")
            .RequireAuthorization(Roles.MayAct);
        letters
            .MapPost("/{id}/resend", ResendAsync)
            .WithSummary("Sends an edited copy, a new event, in a letter's place.")
            .RequireAuthorization(Roles.MayAct);
        letters
            .MapPost("/{id}/return", ReturnAsync)
            .WithSummary("Puts a letter back into its queue, for SQS's own redrive.")
            .RequireAuthorization(Roles.MayAct);
    }

    /// <summary>Apart, for a browser downloads it with the cookie of its login.</summary>
    public static void MapExport(this IEndpointRouteBuilder downloads) =>
        downloads
            .MapGet("/dead-letters/export", ExportAsync)
            .WithTags("Dead letters")
            .WithSummary("Letters as lines of JSON, bodies included and not masked.")
            .RequireAuthorization(Roles.MayTake);

    private static async Task<GroupsAnswer> GroupsAsync(
        DeadLetterDesk desk,
        LetterIndex index,
        [Description("At most so many groups.")] int? take,
        CancellationToken cancellationToken
    ) => new([.. (await desk.GroupsAsync(cancellationToken)).Take(take ?? GroupsMax)], index.Old);

    private static async Task<LetterPage> FindAsync(
        [AsParameters] LetterQuery query,
        DeadLetterDesk desk,
        CancellationToken cancellationToken
    )
    {
        var page = await desk.FindAsync(query.ToSearch(), cancellationToken);
        return page with { Letters = [.. page.Letters.Select(letter => letter.Masked())] };
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        string id,
        [Description("Unmasked; it is written into the journal who looked.")] bool? reveal,
        DeadLetterDesk desk,
        Previewer previewer
    )
    {
        var cancellationToken = context.RequestAborted;
        if (await desk.FindAsync(id, cancellationToken) is not { } letter)
        {
            return new Answer<LetterAnswer>.NotFound($"There is no letter {id}.").ToResult();
        }

        var who = Actor.Of(context.User);
        if (reveal == true && !who.MayAct)
        {
            return TypedResults.Problem(
                detail: "Personal data is shown to operators; without reveal the letter is shown masked.",
                statusCode: StatusCodes.Status403Forbidden
            );
        }

        var body = await desk.ShowAsync(id, reveal ?? false, who.Name, cancellationToken);
        var preview = await previewer.PreviewAsync(letter, cancellationToken);
        return body is Answer<string>.Done done
            ? TypedResults.Ok(
                new LetterAnswer(
                    reveal == true ? letter : letter.Masked(),
                    preview.Kind,
                    preview.Explanation,
                    done.Value
                )
            )
            : body.ToResult();
    }

    private static async Task<IResult> DiscardAsync(
        HttpContext context,
        string id,
        NoteBody note,
        DeadLetterDesk desk
    ) => Masked(await desk.DiscardAsync(id, note.Note, Actor.Of(context.User).Name, context.RequestAborted));

    private static async Task<IResult> ResendAsync(
        HttpContext context,
        string id,
        ResendBody edited,
        DeadLetterDesk desk
    ) =>
        Masked(
            await desk.ResendAsync(id, edited.Body, edited.Note, Actor.Of(context.User).Name, context.RequestAborted)
        );

    private static async Task<IResult> ReturnAsync(HttpContext context, string id, DeadLetterDesk desk) =>
        Masked(await desk.ReturnAsync(id, Actor.Of(context.User).Name, context.RequestAborted));

    private static IResult Masked(Answer<Letter> answer) =>
        (answer is Answer<Letter>.Done done ? new Answer<Letter>.Done(done.Value.Masked()) : answer).ToResult();

    private static async Task ExportAsync(
        HttpContext context,
        [AsParameters] LetterQuery query,
        DeadLetterDesk desk,
        LetterIndex index
    )
    {
        var cancellationToken = context.RequestAborted;
        var who = Actor.Of(context.User).Name;
        if (!await desk.MayExportAsync(query.ToSearch(), who, cancellationToken))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (index.Old is { } old)
        {
            context.Response.Headers.Warning = $"110 operations \"{old}\"";
        }

        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.ContentDisposition = "attachment; filename=dead-letters.ndjson";
        await foreach (var line in desk.ExportAsync(query.ToSearch(), who, cancellationToken))
        {
            await context.Response.WriteAsync($"{line}\n", Encoding.UTF8, cancellationToken);
        }
    }
}

/// <param name="State">dead, redriving, redriven, recovered, replaced, discarded, returned; dead unless said otherwise.</param>
/// <param name="Text">In the topic, the conversation or the beginning of the letter's id.</param>
internal sealed record LetterQuery(
    string? Class,
    string? Reason,
    string? Conversation,
    LetterState? State,
    int? Start,
    int? Take,
    string? Text
)
{
    public LetterSearch ToSearch() =>
        new(Class, Reason, Conversation, State ?? LetterState.Dead, Start ?? 0, Take ?? LetterSearch.TakeDefault, Text);
}

/// <param name="Old">Why this may be old; null when it is not.</param>
internal sealed record GroupsAnswer(IReadOnlyList<LetterGroup> Groups, string? Old);

internal sealed record LetterAnswer(Letter Letter, string Preview, string Explanation, string Body);

internal sealed record NoteBody(string Note);

internal sealed record ResendBody(string Body, string Note);
