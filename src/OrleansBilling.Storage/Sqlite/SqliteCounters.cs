using System.Runtime.InteropServices;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Adds the statistics of a batch to days, and to months where those are closed; sums of all offers in a currency go
/// along. A month of an offer is closed when a later one is met: what its days had come to is summed up once. That is
/// done for few offers and about three months of each at a time, so that the first batches of a month stay short; the
/// others wait for their next counter, and are read by days meanwhile.
/// </summary>
internal sealed class SqliteCounters(SqliteStatements statements)
{
    private const int ClosingsMax = 50;
    private const int ClosedDaysMax = 100;
    private const int OffersRememberedMax = 100_000;

    private const string DaySql =
        """
        insert into statistic_day (offer_id, day, metric, slice, value) values ($1, $2, $3, $4, $5)
        on conflict (offer_id, day, metric, slice) do update set value = value + $5
        """;

    private const string MonthSql =
        """
        insert into statistic_month (offer_id, day, metric, slice, value) values ($1, $2, $3, $4, $5)
        on conflict (offer_id, metric, slice, day) do update set value = value + $5
        """;

    private const string CloseSql =
        "insert into statistic_closed (offer_id, before) values ($1, $2) on conflict (offer_id) do update set before = $2";

    private static readonly string SumUpSql =
        $"""
        insert into statistic_month (offer_id, day, metric, slice, value)
        select offer_id, {MonthOf("day")}, metric, slice, sum(value) from statistic_day
        where offer_id = $1 and day >= $2 and day < $3
        group by 1, 2, 3, 4
        on conflict (offer_id, metric, slice, day) do update set value = value + excluded.value
        """;

    private readonly Dictionary<StatisticDelta, long> sums = [];
    private readonly Dictionary<string, int> newest = new(StringComparer.Ordinal);

    /// <summary>As stored, which the one writer knows best; forgotten when a transaction fails.</summary>
    private readonly Dictionary<string, int> closedBefore = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> wholes = new(StringComparer.Ordinal);

    /// <summary>The first day of the month of a day, in SQL.</summary>
    public static string MonthOf(string day) => $"cast(julianday({day} * 86400, 'unixepoch', 'start of month') - 2440587.5 as integer)";

    /// <summary>Begins a batch.</summary>
    public void Clear()
    {
        sums.Clear();
        newest.Clear();
    }

    /// <summary>What was written or remembered in the failed transaction is not so.</summary>
    public void Forget()
    {
        Clear();
        closedBefore.Clear();
        wholes.Clear();
    }

    public void Add(IReadOnlyList<StatisticDelta> deltas)
    {
        for (var n = 0; n < deltas.Count; n++) Add(deltas[n]);
    }

    /// <summary>Writes the batch's sums.</summary>
    public void Write()
    {
        AddWholes();
        foreach (var counter in sums.Keys)
        {
            ref var day = ref CollectionsMarshal.GetValueRefOrAddDefault(newest, counter.OfferId, out var known);
            if (!known || counter.Day > day) day = counter.Day;
        }

        Close();
        foreach (var (counter, value) in sums)
        {
            Write(DaySql, counter, counter.Day, value);
            if (counter.Day < closedBefore[counter.OfferId]) Write(MonthSql, counter, StatisticSources.MonthOf(counter.Day), value);
        }
    }

    private void Add(in StatisticDelta delta)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, delta with { Value = 0 }, out _);
        sum = checked(sum + delta.Value);
    }

    /// <summary>The same once more for all offers of a currency together.</summary>
    private void AddWholes()
    {
        foreach (var (counter, value) in sums.ToArray())
        {
            if (WholeOf(counter.OfferId) is { } whole) Add(counter with { OfferId = whole, Value = value });
        }
    }

    private void Close()
    {
        if (closedBefore.Count > OffersRememberedMax) closedBefore.Clear();
        var closings = 0;
        foreach (var (offerId, day) in newest)
        {
            var reached = StatisticSources.MonthOf(day);
            if (ClosedBefore(offerId) is not { } before)
            {
                Close(offerId, reached);
            }
            else if (before < reached && closings < ClosingsMax)
            {
                closings++;
                reached = Math.Min(reached, StatisticSources.MonthOf(before + ClosedDaysMax));
                statements.Write(SumUpSql, offerId, before, reached);
                Close(offerId, reached);
            }
        }
    }

    private void Close(string offerId, int before)
    {
        statements.Write(CloseSql, offerId, before);
        closedBefore[offerId] = before;
    }

    private int? ClosedBefore(string offerId)
    {
        if (closedBefore.TryGetValue(offerId, out var known)) return known;
        var stored = statements.Read("select before from statistic_closed where offer_id = $1", [offerId], static reader => reader.GetInt32(0));
        if (stored is [var before]) closedBefore[offerId] = before;
        return stored is [var found] ? found : null;
    }

    private string? WholeOf(string offerId)
    {
        if (wholes.TryGetValue(offerId, out var known)) return known;
        if (wholes.Count >= OffersRememberedMax) wholes.Clear();
        var currency = statements.Read("select currency from offer where id = $1", [offerId], static reader => reader.GetString(0));
        return currency is [var code] ? wholes[offerId] = $"*{code}" : null;
    }

    private void Write(string sql, in StatisticDelta counter, int day, long value) =>
        statements.Write(sql, counter.OfferId, day, (long)counter.Metric, (long)(counter.Slice ?? StoredNames.NoSlice), value);
}
