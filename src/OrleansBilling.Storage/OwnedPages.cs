using System.Collections.Immutable;
using System.Globalization;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>
/// Builds the statement of a page that is ordered by id, for both databases. With several owners, the first rows of each come from the
/// index by owner and id, and the page is the first of those.
/// </summary>
/// <param name="afterId">$1: the id after which the page begins.</param>
/// <param name="limit">$2: the most rows.</param>
internal sealed class OwnedPages(string? afterId, int limit)
{
    private readonly List<object> values = [afterId ?? "", limit];

    /// <summary>The parameters: texts, numbers and instants.</summary>
    public IReadOnlyList<object> Values => values;

    /// <summary>The condition on when a row, named "t", was created.</summary>
    public string Created(InstantRange range)
    {
        var from = range.From is { } first ? $" and t.created_at >= {Add(first)}" : "";
        return range.To is { } end ? $"{from} and t.created_at < {Add(end)}" : from;
    }

    /// <summary>The condition that a column has one of these values; none if there are none.</summary>
    public string In(string column, ImmutableArray<string> several) =>
        several.IsEmpty ? "" : $" and {column} in ({string.Join(", ", several.Select(Add))})";

    /// <param name="select">Selects rows after $1 that are wanted; it may go on with a condition.</param>
    /// <param name="column">The owner.</param>
    /// <param name="owners">Those whose rows are wanted; empty for all.</param>
    public string Of(string select, string column, ImmutableArray<string> owners)
    {
        if (owners.IsEmpty) return $"{select} order by id limit $2";
        var pages = owners.Distinct(StringComparer.Ordinal)
            .Select(owner => $"select * from ({select} and {column} = {Add(owner)} order by id limit $2) as page");
        return $"{string.Join(" union all ", pages)} order by id limit $2";
    }

    private string Add(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
    }
}
