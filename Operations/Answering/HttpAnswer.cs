using Microsoft.AspNetCore.Http.HttpResults;

namespace Operations.Answering;

/// <summary>An answer as HTTP says it.</summary>
internal static class HttpAnswer
{
    public static IResult ToResult<T>(this Answer<T> answer) =>
        answer switch
        {
            Answer<T>.Done done => TypedResults.Ok(done.Value),
            Answer<T>.Invalid invalid => Problem(invalid.Why, StatusCodes.Status400BadRequest),
            Answer<T>.NotFound missing => Problem(missing.Why, StatusCodes.Status404NotFound),
            Answer<T>.Conflict conflict => Problem(conflict.Why, StatusCodes.Status409Conflict),
            Answer<T>.Unavailable unavailable => Problem(unavailable.Why, StatusCodes.Status503ServiceUnavailable),
            _ => throw new System.Diagnostics.UnreachableException($"{answer}"),
        };

    private static ProblemHttpResult Problem(string why, int status) =>
        TypedResults.Problem(detail: why, statusCode: status);
}
