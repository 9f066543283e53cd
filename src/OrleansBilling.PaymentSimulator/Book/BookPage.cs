using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>Part of the book, in the order in which it was written.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">Where to go on; null at the end.</param>
internal sealed record BookPage<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Which part of the book is asked for.</summary>
/// <param name="After">The sequence behind which it begins.</param>
/// <param name="Limit">How many rows at most.</param>
internal readonly record struct PageRequest(long After, int Limit)
{
    public const int LimitMax = 1_000;
    private const int LimitDefault = 100;

    public static string Cursor(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <c>limit</c> and <c>cursor</c> as they came in the query.</summary>
    public static bool TryParse(string? limit, string? cursor, out PageRequest page, [NotNullWhen(false)] out Refusal? refusal)
    {
        var after = 0L;
        var rows = LimitDefault;
        refusal = null;
        if (limit is not null &&
            (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out rows) || rows is < 1 or > LimitMax))
            refusal = new Refusal(400, "limit_invalid", "limit", $"The limit is a number from 1 to {LimitMax}.");
        else if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            refusal = new Refusal(400, "cursor_invalid", "cursor", "The cursor is the next_cursor of an earlier page.");
        page = new PageRequest(after, rows);
        return refusal is null;
    }
}
