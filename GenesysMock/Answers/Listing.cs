using System.Globalization;
using GenesysMock.Gate;

namespace GenesysMock.Answers;

/// <summary>A page of entities, as every listing of the platform looks.</summary>
internal static class Listing
{
    public static Task AnswerAsync<T>(HttpContext context, IReadOnlyList<T> all, Func<T, object> write)
    {
        var path = context.Request.Path;
        var pageSize = Number(context.Request, "pageSize", 25);
        var pageNumber = Number(context.Request, "pageNumber", 1);
        if (pageSize is < 1 or > 500 || pageNumber < 1)
        {
            return context.AnswerAsync(ApiError.BadRequest);
        }

        var pageCount = Math.Max(1, (all.Count + pageSize - 1) / pageSize);
        string Uri(int page) => $"{path}?pageSize={pageSize}&pageNumber={page}";
        return context.AnswerAsync(
            new
            {
                Entities = all.Skip((pageNumber - 1) * pageSize).Take(pageSize).Select(write),
                PageSize = pageSize,
                PageNumber = pageNumber,
                Total = all.Count,
                FirstUri = Uri(1),
                PreviousUri = pageNumber > 1 ? Uri(pageNumber - 1) : null,
                NextUri = pageNumber < pageCount ? Uri(pageNumber + 1) : null,
                LastUri = Uri(pageCount),
                SelfUri = Uri(pageNumber),
                PageCount = pageCount,
            }
        );
    }

    private static int Number(HttpRequest request, string name, int otherwise) =>
        request.Query[name] is [{ } text]
            ? int.TryParse(text, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0
            : otherwise;
}
