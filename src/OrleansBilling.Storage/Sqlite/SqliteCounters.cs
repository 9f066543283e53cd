using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Sums a batch's statistics in memory and writes each sum once: to its day, its month and the marketplace total. A counter that the
/// database refuses is set aside alone.
/// </summary>
internal sealed class SqliteCounters(SqliteStatements statements, SqliteSetAside setAside)
{
    private const string Table = "statistic_day";
    private const int OffersRememberedMax = 100_000;
    private const int RefusedRememberedMax = 10_000;

    private static readonly string DaySql =
        $"""
        insert into statistic_day (offer_id, day, metric, slice, value, value_high) values ($1, $2, $3, $4, $5, $6)
        on conflict (offer_id, day, metric, slice) do update set {SqliteWide.Add("value", "$5", "$6")}
        """;

    private static readonly string MarketSql =
        $"""
        insert into statistic_market (metric, slice, day, currency, value, value_high) values ($1, $2, $3, $4, $5, $6)
        on conflict (metric, slice, day, currency) do update set {SqliteWide.Add("value", "$5", "$6")}
        """;

    private static readonly string AsideSql =
        $"""
        insert into statistic_aside (offer_id, day, metric, slice, value, value_high, reason) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (offer_id, day, metric, slice) do update set {SqliteWide.Add("value", "$5", "$6")}, reason = $7
        """;

    private const string TakeAsideSql = "delete from statistic_aside returning offer_id, day, metric, slice, value, value_high";

    private readonly SqliteMonths months = new(statements);
    private readonly SqliteNames names = new(statements);
    private readonly Dictionary<StatisticDelta, Int128> sums = [];
    private readonly Dictionary<string, int> newest = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Currency, int Day, StatisticMetric Metric, int? Slice), Int128> market = [];
    private readonly Dictionary<string, string> currencies = new(StringComparer.Ordinal);

    /// <summary>Counters refused since the start. They are set aside without another try.</summary>
    private readonly Dictionary<StatisticDelta, SqliteException> refused = [];
    private bool tookAside;

    /// <summary>Starts a new batch.</summary>
    public void Clear() => sums.Clear();

    /// <summary>Called after a failed transaction, which undid the cached writes and <see cref="TakeAside"/>.</summary>
    public void Forget()
    {
        months.Forget();
        names.Forget();
        tookAside = false;
    }

    public void Add(IReadOnlyList<StatisticDelta> deltas)
    {
        for (var n = 0; n < deltas.Count; n++)
        {
            var counter = deltas[n] with { Value = 0 };
            Add(counter.Name is { } name ? counter with { Name = null, Slice = names.NumberOf(name) } : counter, deltas[n].Value);
        }
    }

    public void Write()
    {
        if (!tookAside) TakeAside();
        if (refused.Count > 0) SetRefusedAside();
        if (sums.Count == 0 || setAside.Try(WriteTogether) is null) return;
        months.Forget();
        foreach (var (counter, value) in sums)
        {
            if (setAside.Try(() => WriteAlone(counter, value)) is not { } reason) continue;
            months.Forget();
            if (refused.Count >= RefusedRememberedMax) refused.Clear();
            refused[counter] = reason;
            setAside.Tell(Table, counter, reason);
            SetAside(counter, value, reason);
        }
    }

    private void Add(in StatisticDelta counter, Int128 value)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, counter, out _);
        sum += value;
    }

    /// <summary>Retries, with the first batch, what was set aside before this start.</summary>
    private void TakeAside()
    {
        var rows = statements.Read(TakeAsideSql, [], static reader => (
            Counter: new StatisticDelta(
                reader.GetInt32(1), reader.GetString(0), (StatisticMetric)reader.GetInt16(2), StoredNames.SliceOf(reader.GetInt32(3)), 0),
            Value: SqliteWide.ReadParts(reader, 4)));
        foreach (var (counter, value) in rows) Add(counter, value);
        tookAside = true;
    }

    private void SetRefusedAside()
    {
        foreach (var (counter, reason) in refused)
        {
            if (sums.Remove(counter, out var value)) SetAside(counter, value, reason);
        }
    }

    private void SetAside(in StatisticDelta counter, Int128 value, SqliteException reason)
    {
        var (low, high) = SqliteWide.Split(value);
        statements.Write(AsideSql, counter.OfferId, counter.Day, (long)counter.Metric, Stored(counter.Slice), low, high, reason.Message);
        SqliteSetAside.Count(Table);
    }

    private void WriteTogether()
    {
        newest.Clear();
        market.Clear();
        foreach (var (counter, value) in sums)
        {
            ref var day = ref CollectionsMarshal.GetValueRefOrAddDefault(newest, counter.OfferId, out var known);
            if (!known || counter.Day > day) day = counter.Day;
            AddToMarket(counter, value);
        }

        months.Close(newest);
        foreach (var (counter, value) in sums) WriteOfOffer(counter, value);
        WriteMarket();
    }

    private void WriteAlone(in StatisticDelta counter, Int128 value)
    {
        newest.Clear();
        market.Clear();
        newest[counter.OfferId] = counter.Day;
        AddToMarket(counter, value);
        months.Close(newest);
        WriteOfOffer(counter, value);
        WriteMarket();
    }

    private void WriteOfOffer(in StatisticDelta counter, Int128 value)
    {
        var (low, high) = SqliteWide.Split(value);
        statements.Write(DaySql, counter.OfferId, counter.Day, (long)counter.Metric, Stored(counter.Slice), low, high);
        months.Add(counter, low, high);
    }

    private void WriteMarket()
    {
        foreach (var (counter, value) in market)
        {
            var (low, high) = SqliteWide.Split(value);
            statements.Write(MarketSql, (long)counter.Metric, Stored(counter.Slice), counter.Day, counter.Currency, low, high);
        }
    }

    private void AddToMarket(in StatisticDelta counter, Int128 value)
    {
        if (CurrencyOf(counter.OfferId) is not { } currency) return;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(market, (currency, counter.Day, counter.Metric, counter.Slice), out _);
        sum += value;
    }

    /// <summary>An offer never changes its currency. Statistics of offers outside the catalog are never read, so they have none.</summary>
    private string? CurrencyOf(string offerId)
    {
        if (currencies.TryGetValue(offerId, out var known)) return known;
        if (currencies.Count >= OffersRememberedMax) currencies.Clear();
        if (statements.Read(
            "select currency from offer where id = $1", [offerId], static reader => reader.GetString(0)) is not [var stored]) return null;
        return currencies[offerId] = stored;
    }

    private static long Stored(int? slice) => slice ?? StoredNames.NoSlice;
}
