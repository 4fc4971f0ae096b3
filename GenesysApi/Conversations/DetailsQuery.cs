namespace GenesysApi.Conversations;

/// <summary>The body of a details query: all conversations that started in the interval, oldest first.</summary>
internal sealed record DetailsQuery(string Interval, string Order, string OrderBy, DetailsPaging Paging);

internal sealed record DetailsPaging(int PageSize, int PageNumber);

internal sealed record AttributesBody(IReadOnlyDictionary<string, string> Attributes);
