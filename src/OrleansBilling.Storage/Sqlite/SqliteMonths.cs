using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Keeps sums by month. A month of an offer is closed when a later one is met: what its days had come to is summed up
/// once, and what is counted for it later is added. That is done for few offers and about three months of each at a
/// time, so that the first batches of a month stay short; the others wait for their next counter, and are read by days
/// meanwhile.
/// </summary>
internal sealed class SqliteMonths(SqliteStatements statements)
{
    private const int ClosingsMax = 50;
    private const int ClosedDaysMax = 100;
    private const int OffersRememberedMax = 100_000;

    private const string ReadSql = "select before from statistic_closed where offer_id = $1";

    private const string CloseSql =
        "insert into statistic_closed (offer_id, before) values ($1, $2) on conflict (offer_id) do update set before = $2";

    private static readonly string AddSql =
        $"""
        insert into statistic_month (offer_id, day, metric, slice, value, value_high) values ($1, $2, $3, $4, $5, $6)
        on conflict (offer_id, metric, slice, day) do update set {SqliteWide.Add("value", "$5", "$6")}
        """;

    private static readonly string SumUpSql =
        $"""
        insert into statistic_month (offer_id, day, metric, slice, value, value_high)
        select offer_id, month, metric, slice, {SqliteWide.Parts}
        from (
          select offer_id, {MonthOf("day")} as month, metric, slice, {SqliteWide.Sum("value")} from statistic_day
          where offer_id = $1 and day >= $2 and day < $3
          group by 1, 2, 3, 4
        )
        where true
        on conflict (offer_id, metric, slice, day) do update set {SqliteWide.Add("value", "excluded.value", "excluded.value_high")}
        """;

    /// <summary>As stored, which the one writer knows best; forgotten when a transaction fails.</summary>
    private readonly Dictionary<string, int> closedBefore = new(StringComparer.Ordinal);

    /// <summary>The first day of the month of a day, in SQL.</summary>
    public static string MonthOf(string day) => $"cast(julianday({day} * 86400, 'unixepoch', 'start of month') - 2440587.5 as integer)";

    /// <summary>What was closed in a transaction that failed is not closed.</summary>
    public void Forget() => closedBefore.Clear();

    /// <summary>Closes the months before the newest days that are about to be written, as far as it is their turn.</summary>
    public void Close(IReadOnlyDictionary<string, int> newest)
    {
        if (closedBefore.Count > OffersRememberedMax) closedBefore.Clear();
        var closings = 0;
        foreach (var (offerId, day) in newest)
        {
            var reached = StatisticSources.MonthOf(day);
            if (ClosedBefore(offerId) is not { } before)
            {
                SetClosed(offerId, reached);
            }
            else if (before < reached && closings < ClosingsMax)
            {
                closings++;
                reached = Math.Min(reached, StatisticSources.MonthOf(before + ClosedDaysMax));
                statements.Write(SumUpSql, offerId, before, reached);
                SetClosed(offerId, reached);
            }
        }
    }

    /// <summary>Adds to the month of a counter's day, if that is closed; for offers that <see cref="Close"/> was told of.</summary>
    public void Add(in StatisticDelta counter, long low, long high)
    {
        if (counter.Day < closedBefore[counter.OfferId])
            statements.Write(
                AddSql, counter.OfferId, StatisticSources.MonthOf(counter.Day), (long)counter.Metric,
                (long)(counter.Slice ?? StoredNames.NoSlice), low, high);
    }

    private void SetClosed(string offerId, int before)
    {
        statements.Write(CloseSql, offerId, before);
        closedBefore[offerId] = before;
    }

    private int? ClosedBefore(string offerId)
    {
        if (closedBefore.TryGetValue(offerId, out var known)) return known;
        if (statements.Read(ReadSql, [offerId], static reader => reader.GetInt32(0)) is not [var stored]) return null;
        return closedBefore[offerId] = stored;
    }
}
