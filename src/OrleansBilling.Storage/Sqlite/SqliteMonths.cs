using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Keeps sums by month. An offer's month is closed when a later month appears: its days are summed once, and later counts for it are
/// added. One batch closes months of few offers, and about three months of each, so the first batches of a month stay short. The other
/// offers wait for their next counter; until then they are read by days.
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

    /// <summary>A cache of the stored values. The single writer keeps it current; a failed transaction clears it.</summary>
    private readonly Dictionary<string, int> closedBefore = new(StringComparer.Ordinal);

    /// <summary>An SQL expression: the first day of a day's month.</summary>
    public static string MonthOf(string day) => $"cast(julianday({day} * 86400, 'unixepoch', 'start of month') - 2440587.5 as integer)";

    /// <summary>Called after a failed transaction: the months it closed are not closed.</summary>
    public void Forget() => closedBefore.Clear();

    /// <summary>Closes the months before the newest days about to be written, within the limits of one batch.</summary>
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

    /// <summary>Adds to the month of a counter's day, if it is closed. <see cref="Close"/> must have seen the offer before.</summary>
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
