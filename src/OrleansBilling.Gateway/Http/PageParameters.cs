namespace OrleansBilling.Gateway.Http;

/// <summary>What lists take in the query.</summary>
internal static class PageParameters
{
    public static readonly QueryParameter Limit = new("limit", "integer", "How many at most, 1 to 200; 50 unless told.");

    /// <summary>Of pages that are bounded in bytes, too.</summary>
    public static readonly QueryParameter HistoryLimit = new(
        "limit", "integer",
        "How many at most, 1 to 200; 50 unless told. A page ends early before 1 MiB of data; next_cursor tells whether more follows.");

    public static readonly QueryParameter Cursor = new("cursor", "string", "The next_cursor of the page before.");
}
