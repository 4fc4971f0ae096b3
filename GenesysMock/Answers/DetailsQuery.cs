using System.Globalization;
using GenesysMock.Gate;

namespace GenesysMock.Answers;

/// <summary>The body of <c>POST …/details/query</c>, as far as this mock understands it.</summary>
internal sealed record DetailsQueryBody(
    string? Interval,
    string? Order,
    PagingBody? Paging,
    IReadOnlyList<FilterBody>? SegmentFilters,
    IReadOnlyList<FilterBody>? ConversationFilters
);

internal sealed record PagingBody(int? PageSize, int? PageNumber);

internal sealed record FilterBody(string? Type, IReadOnlyList<PredicateBody>? Predicates);

internal sealed record PredicateBody(string? Dimension, string? Operator, string? Value);

/// <summary>Conversations by the time of their start, filtered and in pages.</summary>
internal abstract record DetailsQuery
{
    private static readonly TimeSpan IntervalMax = TimeSpan.FromDays(7);

    private DetailsQuery() { }

    public static DetailsQuery Read(DetailsQueryBody body)
    {
        if (IntervalOf(body.Interval) is not var (from, to))
        {
            return new Invalid(ApiError.InvalidDate);
        }

        if (to <= from || to - from > IntervalMax)
        {
            return new Invalid(
                ApiError.InvalidValue(body.Interval!, "interval", "at most 7 days, the later date last")
            );
        }

        var pageSize = body.Paging?.PageSize ?? 25;
        var pageNumber = body.Paging?.PageNumber ?? 1;
        if (pageSize is < 1 or > 100 || pageNumber < 1)
        {
            return new Invalid(
                ApiError.InvalidValue($"{pageSize}/{pageNumber}", "paging", "pageSize 1 to 100, pageNumber from 1")
            );
        }

        var filters = (body.SegmentFilters ?? [])
            .Concat(body.ConversationFilters ?? [])
            .Select(DetailsFilter.Read)
            .ToList();
        return filters.Contains(null)
            ? new Invalid(ApiError.InvalidValue("?", "predicate", DetailsFilter.Known))
            : new Valid(from, to, body.Order is "desc", pageSize, pageNumber, filters!);
    }

    private static (DateTimeOffset From, DateTimeOffset To)? IntervalOf(string? interval) =>
        interval?.Split('/') is [var first, var last] && TryParse(first, out var from) && TryParse(last, out var to)
            ? (from, to)
            : null;

    private static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );

    internal sealed record Invalid(ApiError Error) : DetailsQuery;

    internal sealed record Valid(
        DateTimeOffset From,
        DateTimeOffset To,
        bool Descending,
        int PageSize,
        int PageNumber,
        IReadOnlyList<Predicate<AnalyticsView>> Filters
    ) : DetailsQuery
    {
        public List<AnalyticsView> Select(IEnumerable<AnalyticsView> views)
        {
            var hits = views
                .Where(view => view.Conversation.Start >= From && view.Conversation.Start < To)
                .Where(view => Filters.All(filter => filter(view)))
                .OrderBy(view => view.Conversation.Start)
                .ThenBy(view => view.Conversation.Id, StringComparer.Ordinal)
                .ToList();
            if (Descending)
            {
                hits.Reverse();
            }

            return hits;
        }

        public IEnumerable<AnalyticsView> Page(List<AnalyticsView> hits) =>
            hits.Skip((PageNumber - 1) * PageSize).Take(PageSize);
    }
}
