using System.Text.Json;
using System.Text.Json.Serialization;
using Operations.Auditing;
using Operations.Budget;
using Operations.Conversations;
using Operations.DeadLetters;
using Operations.Journal;
using Operations.Redriving;
using ServiceDefaults;

namespace Operations.Access;

/// <summary>What the pages can do, for programs: <c>/api</c>, described at <c>/openapi/v1.json</c>.</summary>
internal static class HttpApiFeature
{
    public static void AddHttpApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(options =>
            options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    document.Info.Title = "Operations";
                    document.Info.Description =
                        "Dead letters, redrives, conversations, budget, audit. Every request carries a bearer token.";
                    document.Servers = [];
                    return Task.CompletedTask;
                }
            )
        );
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase))
        );
    }

    public static void MapHttpApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").RequireAuthorization(Roles.Api).DisableAntiforgery();
        api.AddEndpointFilter(AnswerForTheWorldAsync);
        api.MapDeadLetters();
        api.MapRedrives();
        api.MapConversations();
        api.MapBudget();
        api.MapAudits();
        api.MapJournal();
        var downloads = app.MapGroup("/api");
        downloads.AddEndpointFilter(AnswerForTheWorldAsync);
        downloads.MapExport();
        app.MapOpenApi().RequireAuthorization(Roles.MayLook);
    }

    /// <summary>A table that does not answer is nobody's bug: the caller is told to come again.</summary>
    private static async ValueTask<object?> AnswerForTheWorldAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception)
            when (AwsFaults.Classify(exception, context.HttpContext.RequestAborted) != AwsFault.None)
        {
            return TypedResults.Problem(
                detail: $"A queue or a table does not answer: {AwsFaults.ReasonOf(exception)}.",
                statusCode: StatusCodes.Status503ServiceUnavailable
            );
        }
    }
}
