using Radzen;

namespace Operations.Layout;

/// <summary>Says of a grid's headings which can be sorted by, and how they are: the grid itself shows it with an icon and nothing else.</summary>
internal static class SortedHeader
{
    public static void Tell<T>(DataGridCellRenderEventArgs<T> heading)
        where T : notnull
    {
        if (heading.Column is { Sortable: true, Property.Length: > 0 } column)
        {
            heading.Attributes["aria-sort"] = column.GetSortOrder() switch
            {
                SortOrder.Ascending => "ascending",
                SortOrder.Descending => "descending",
                _ => "none",
            };
        }
    }
}
