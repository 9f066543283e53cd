using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// The cursor of a period's usage. It carries where the period's events and readings are in the history, so that a page does not look for
/// them again. Those of a period with very many stretches carry only the last event that was shown.
/// </summary>
internal static class UsageCursor
{
    /// <summary>Position, readings and one stretch.</summary>
    private const int PartsWhole = 5;

    private const int PartsShort = 3;

    public static string Of(Query query, UsagePlace place)
    {
        var last = string.Create(CultureInfo.InvariantCulture, $"{place.Period}.{place.Last.Sequence}.{place.Last.Number}");
        var text = new StringBuilder(last).Append(CultureInfo.InvariantCulture, $".{place.ReadAt}");
        foreach (var stretch in place.Stretches) text.Append(CultureInfo.InvariantCulture, $".{stretch.First}-{stretch.Last}");
        return query.NextCursor(text.Length > Cursor.PositionMax ? last : text.ToString());
    }

    public static UsagePlace? Read(Query query)
    {
        if (query.CursorPosition() is not { } position) return null;
        if (Parse(position.Split('.')) is { } place) return place;
        query.FailCursor();
        return null;
    }

    private static UsagePlace? Parse(string[] parts)
    {
        if (parts.Length is not PartsShort and < PartsWhole) return null;
        if (!TryParse(parts[0], int.MaxValue, out var period) || !TryParse(parts[1], long.MaxValue - 1, out var sequence) ||
            !TryParse(parts[2], int.MaxValue, out var number))
            return null;
        var last = new UsagePosition(sequence, (int)number);
        if (parts.Length == PartsShort) return new UsagePlace((int)period, last, 0, []);
        if (!TryParse(parts[3], long.MaxValue - 1, out var readAt)) return null;
        var stretches = ImmutableArray.CreateBuilder<UsageStretch>(parts.Length - PartsWhole + 1);
        foreach (var part in parts.AsSpan(PartsWhole - 1))
        {
            var ends = part.Split('-');
            if (ends.Length != 2 || !TryParse(ends[0], long.MaxValue - 1, out var first) ||
                !TryParse(ends[1], long.MaxValue - 1, out var end))
                return null;
            stretches.Add(new UsageStretch(first, end));
        }

        return new UsagePlace((int)period, last, readAt, stretches.MoveToImmutable());
    }

    private static bool TryParse(string text, long max, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
}
