using System.Runtime.InteropServices;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Adds the statistics of a batch up in memory and writes each sum once: to its day, its month, and the market's sum.</summary>
internal sealed class SqliteCounters(SqliteStatements statements)
{
    private const int OffersRememberedMax = 100_000;

    private const string DaySql =
        """
        insert into statistic_day (offer_id, day, metric, slice, value) values ($1, $2, $3, $4, $5)
        on conflict (offer_id, day, metric, slice) do update set value = value + $5
        """;

    private const string MarketSql =
        """
        insert into statistic_market (metric, slice, day, currency, value) values ($1, $2, $3, $4, $5)
        on conflict (metric, slice, day, currency) do update set value = value + $5
        """;

    private readonly SqliteMonths months = new(statements);
    private readonly SqliteNames names = new(statements);
    private readonly Dictionary<StatisticDelta, long> sums = [];
    private readonly Dictionary<string, int> newest = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Currency, int Day, StatisticMetric Metric, int? Slice), long> market = [];
    private readonly Dictionary<string, string> currencies = new(StringComparer.Ordinal);

    /// <summary>Begins a batch.</summary>
    public void Clear()
    {
        sums.Clear();
        newest.Clear();
        market.Clear();
    }

    /// <summary>The transaction failed.</summary>
    public void Forget()
    {
        months.Forget();
        names.Forget();
    }

    public void Add(IReadOnlyList<StatisticDelta> deltas)
    {
        for (var n = 0; n < deltas.Count; n++)
        {
            var delta = deltas[n];
            var counter = delta.Name is { } name ? delta with { Value = 0, Name = null, Slice = names.NumberOf(name) } : delta with { Value = 0 };
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, counter, out _);
            sum = checked(sum + delta.Value);
        }
    }

    /// <summary>Writes the batch's sums.</summary>
    public void Write()
    {
        foreach (var (counter, value) in sums)
        {
            ref var day = ref CollectionsMarshal.GetValueRefOrAddDefault(newest, counter.OfferId, out var known);
            if (!known || counter.Day > day) day = counter.Day;
            AddToMarket(counter, value);
        }

        months.Close(newest);
        foreach (var (counter, value) in sums)
        {
            statements.Write(DaySql, counter.OfferId, counter.Day, (long)counter.Metric, Stored(counter.Slice), value);
            months.Add(counter, value);
        }

        foreach (var (counter, value) in market) statements.Write(MarketSql, (long)counter.Metric, Stored(counter.Slice), counter.Day, counter.Currency, value);
    }

    private void AddToMarket(in StatisticDelta counter, long value)
    {
        if (CurrencyOf(counter.OfferId) is not { } currency) return;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(market, (currency, counter.Day, counter.Metric, counter.Slice), out _);
        sum = checked(sum + value);
    }

    /// <summary>Offers keep their currency; what is not in the catalog is not read either.</summary>
    private string? CurrencyOf(string offerId)
    {
        if (currencies.TryGetValue(offerId, out var known)) return known;
        if (currencies.Count >= OffersRememberedMax) currencies.Clear();
        if (statements.Read("select currency from offer where id = $1", [offerId], static reader => reader.GetString(0)) is not [var stored]) return null;
        return currencies[offerId] = stored;
    }

    private static long Stored(int? slice) => slice ?? StoredNames.NoSlice;
}
