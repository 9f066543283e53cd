using OrleansBilling.Gateway.Contracts;

namespace OrleansBilling.Gateway.Http;

/// <summary>The query parameters of lists.</summary>
internal static class PageParameters
{
    private static readonly BoundsAttribute Entries = new(1, Query.LimitMax);

    public static readonly QueryParameter Limit = new("limit", "integer", "The most entries to return: 1 to 200, default 50.")
    {
        Rule = Entries,
    };

    /// <summary>The limit of pages that are also bounded in bytes.</summary>
    public static readonly QueryParameter HistoryLimit = new(
        "limit", "integer",
        "The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether more follow.")
    {
        Rule = Entries,
    };

    public static readonly QueryParameter CreatedFrom = new(
        "created_from", "string", "Only what was created at this instant or later.", "date-time");

    public static readonly QueryParameter CreatedTo = new(
        "created_to", "string", "Only what was created before this instant.", "date-time");

    public static readonly QueryParameter Cursor = new(
        "cursor", "string", "The next_cursor of the previous page, with the same filters and order.");
}
