using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>A page of the book, in the order of booking.</summary>
/// <param name="NextCursor">Where the next page starts; null at the end.</param>
internal sealed record BookPage<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <param name="After">The page starts after this sequence number.</param>
/// <param name="Limit">The most rows to return.</param>
internal readonly record struct PageRequest(long After, int Limit)
{
    public const int LimitMax = 1_000;
    private const int LimitDefault = 100;

    public static string Cursor(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>Parses <c>limit</c> and <c>cursor</c> of the query.</summary>
    public static bool TryParse(string? limit, string? cursor, out PageRequest page, [NotNullWhen(false)] out Refusal? refusal)
    {
        var after = 0L;
        var rows = LimitDefault;
        refusal = null;
        if (limit is not null &&
            (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out rows) || rows is < 1 or > LimitMax))
            refusal = new Refusal(400, "limit_invalid", "limit", $"limit must be a number from 1 to {LimitMax}.");
        else if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            refusal = new Refusal(400, "cursor_invalid", "cursor", "cursor must be the next_cursor of an earlier page.");
        page = new PageRequest(after, rows);
        return refusal is null;
    }
}
