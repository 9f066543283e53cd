using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>
/// For any range and step, the answer is the plain sum of the deltas: across closed and open months, with deltas that arrive years late,
/// and with offers that were idle for long.
/// </summary>
/// <param name="createDatabase">Creates an empty database.</param>
/// <param name="closingsMax">The number of offers whose month is closed at a time.</param>
public abstract class StatisticsRangeConformance(Func<Task<TestDatabase>> createDatabase, int closingsMax) : StorageConformance(
    createDatabase)
{
    private const int Seed = 20_240_131;
    private const int Rounds = 50;
    private const int CommitsPerRound = 15;
    private const int QuestionsPerRound = 12;
    private static readonly int FirstDay = DayOf(new LocalDate(2021, 11, 17));

    private static readonly (string Id, string Plan, string Product, string Seller, string Currency)[] Offers =
    [
        ("offer-1", "plan-1", "product-1", "seller-1", "BRL"), ("offer-1b", "plan-1", "product-1", "seller-1", "BRL"),
        ("offer-2", "plan-2", "product-2", "seller-1", "BRL"), ("offer-3", "plan-3", "product-3", "seller-2", "JPY"),
    ];

    private static readonly StatisticMetric[] Metrics =
        [StatisticMetric.Active, StatisticMetric.Cancellations, StatisticMetric.MonthlyRecurringRevenue, StatisticMetric.CohortSize];

    private readonly List<StatisticDelta> deltas = [];
    private readonly Random dice = new(Seed);
    private int today = FirstDay;

    [StorageFact]
    public async Task Every_range_in_every_step_is_the_sum_of_its_deltas()
    {
        await Catalogs.AddMarketAsync(Storage);
        for (var round = 0; round < Rounds; round++)
        {
            await GivenAsync([.. Enumerable.Range(0, CommitsPerRound).Select(number => AnyCommit($"sub-{round}-{number}"))]);
            if (dice.Next(3) > 0) await FoldAsync();
            for (var question = 0; question < QuestionsPerRound; question++) await AskAsync();
            today += dice.Next(6) == 0 ? dice.Next(60, 400) : dice.Next(0, 40);
        }

        Assert.True(today - FirstDay > 800, "Time hardly passed.");
    }

    [StorageFact]
    public async Task Of_no_days_the_opening_balance_is_all_there_is()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync(
            Commit("sub-1", deltas: [Delta(3, day: FirstDay), Delta(4, day: FirstDay + 40), Delta(5, "offer-3", day: FirstDay + 70)]));
        var none = new StatisticsRange(FirstDay + 71, FirstDay + 70, StatisticsStep.Range);

        Assert.Equal(
            [new StatisticRow(FirstDay + 70, "BRL", "", StatisticMetric.Active, null, 7),
                new StatisticRow(FirstDay + 70, "JPY", "", StatisticMetric.Active, null, 5)],
            await Storage.Statistics.ReadAsync(new StatisticsFilter(), none, StatisticsGrouping.None, CancellationToken.None));
    }

    [StorageFact]
    public async Task A_range_may_go_on_for_ever()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync(Commit("sub-1", deltas: [Delta(3, day: FirstDay - 400), Delta(4, day: FirstDay), Delta(8, day: FirstDay + 60)]));
        foreach (
            var (step, sums) in (
                (StatisticsStep, long[])[])[(StatisticsStep.Day, [3, 4, 8]), (StatisticsStep.Month, [3, 4, 8]),
                (StatisticsStep.Range, [3, 12])])
        {
            var range = new StatisticsRange(FirstDay, int.MaxValue, step);
            foreach (var filter in (StatisticsFilter[])[new(), new() { SellerId = "seller-1" }])
                Assert.Equal(
                    sums, (await Storage.Statistics.ReadAsync(filter, range, StatisticsGrouping.None, CancellationToken.None))
                        .Select(row => (long)row.Value));
        }
    }

    [StorageFact]
    public async Task A_new_month_closes_the_old_one_of_few_offers_at_a_time_and_figures_stay_the_same()
    {
        await Catalogs.AddMarketAsync(Storage);
        string[] ids = [.. Enumerable.Range(0, closingsMax + 20).Select(number => $"many-{number}")];
        foreach (var id in ids) Assert.True(await Storage.Catalog.AddAsync(Catalogs.Offer(id), CancellationToken.None));
        var (december, january) = (DayOf(new LocalDate(2021, 12, 1)), DayOf(new LocalDate(2022, 1, 1)));

        await CountAsync("old", FirstDay);
        await CountAsync("new", december + 5);
        Assert.Equal(closingsMax, await ClosedAsync(december));
        Assert.Equal((ids.Length, ids.Length), await SumsAsync());

        // The remaining offers get their turn with the next commit.
        await CountAsync("next", december + 6);
        Assert.Equal(ids.Length, await ClosedAsync(december));
        Assert.Equal((ids.Length, 2 * ids.Length), await SumsAsync());

        async Task CountAsync(string id, int day)
        {
            await GivenAsync(Commit(id, deltas: [.. ids.Select(offer => Delta(1, offer, day))]));
            await FoldAsync();
        }

        Task<long> ClosedAsync(int before) => Database.QueryAsync<long>($"select count(*) from statistic_closed where before = {before}");

        async Task<(long, long)> SumsAsync()
        {
            var range = new StatisticsRange(december, january - 1, StatisticsStep.Month);
            var whole = await Storage.Statistics.ReadAsync(new StatisticsFilter(), range, StatisticsGrouping.None, CancellationToken.None);
            var single = await Storage.Statistics.ReadAsync(
                new StatisticsFilter(), range, StatisticsGrouping.Offer, CancellationToken.None);
            Assert.Equal(
                whole.Select(row => (long)row.Value), single.GroupBy(row => row.Day, (_, rows) => rows.Sum(row => (long)row.Value)));
            return ((long)whole[0].Value, (long)whole[1].Value);
        }
    }

    private async Task AskAsync()
    {
        var from = dice.Next(FirstDay - 40, today + 40);
        var range = new StatisticsRange(from, dice.Next(from - 1, from + dice.Next(1, 900)), Any(Enum.GetValues<StatisticsStep>()));
        if (dice.Next(3) == 0) range = range with { FromDay = MonthOf(range.FromDay) };
        if (dice.Next(3) == 0) range = range with { ToDay = MonthOf(range.ToDay + 31) - 1 };
        var grouping = Any(Enum.GetValues<StatisticsGrouping>());
        var offer = Any(Offers);
        var filter = dice.Next(6) switch
        {
            0 => new StatisticsFilter { SellerId = offer.Seller },
            1 => new StatisticsFilter { ProductId = offer.Product, Metrics = [Any(Metrics), Any(Metrics)] },
            2 => new StatisticsFilter { PlanId = offer.Plan, SliceFrom = dice.Next(4) },
            3 => new StatisticsFilter { OfferId = offer.Id },
            _ => new StatisticsFilter { Metrics = dice.Next(2) == 0 ? [] : [Any(Metrics)] },
        };
        var read = await Storage.Statistics.ReadAsync(filter, range, grouping, CancellationToken.None);
        var expected = Sum(filter, range, grouping);

        // A sum of zero may or may not have a row.
        Assert.True(
            expected.SequenceEqual(read.Where(row => row.Value != 0)),
            $"Seed {Seed}, {filter}, {range}, {grouping}: " +
            $"{string.Join("; ", expected.Except(read))} became {string.Join("; ", read.Except(expected))}");
    }

    private List<StatisticRow> Sum(StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping)
    {
        var rows =
            from delta in deltas
            join offer in Offers on delta.OfferId equals offer.Id
            where delta.Day <= range.ToDay && (filter.Metrics.IsEmpty || filter.Metrics.Contains(delta.Metric))
            where filter.SliceFrom is not { } slice || delta.Slice >= slice
            where (filter.SellerId ?? offer.Seller) == offer.Seller && (filter.ProductId ?? offer.Product) == offer.Product
            where (filter.PlanId ?? offer.Plan) == offer.Plan && (filter.OfferId ?? offer.Id) == offer.Id
            group delta.Value by new
            {
                Day = StepOf(delta.Day, range), offer.Currency, Group = GroupOf(offer, grouping), delta.Metric, delta.Slice,
            }
            into sum
            where sum.Sum() != 0
            select new StatisticRow(sum.Key.Day, sum.Key.Currency, sum.Key.Group, sum.Key.Metric, sum.Key.Slice, sum.Sum());
        return
        [
            .. rows.OrderBy(row => row.Day).ThenBy(row => row.Currency, StringComparer.Ordinal)
                .ThenBy(row => row.Group, StringComparer.Ordinal)
                .ThenBy(row => row.Metric).ThenBy(row => row.Slice ?? -1),
        ];
    }

    private static int StepOf(int day, StatisticsRange range)
    {
        if (day < range.FromDay) return range.FromDay - 1;
        return range.Step switch
        {
            StatisticsStep.Day => day,
            StatisticsStep.Month => Math.Max(range.FromDay, MonthOf(day)),
            _ => range.FromDay,
        };
    }

    private static string GroupOf(
        (string Id, string Plan, string Product, string Seller, string Currency) offer, StatisticsGrouping grouping) => grouping switch
    {
        StatisticsGrouping.Product => offer.Product,
        StatisticsGrouping.Plan => offer.Plan,
        StatisticsGrouping.Offer => offer.Id,
        _ => "",
    };

    private JournalCommit AnyCommit(string id)
    {
        StatisticDelta[] added = [.. Enumerable.Range(0, dice.Next(1, 6)).Select(_ => AnyDelta())];
        deltas.AddRange(added);
        return Commit(id, deltas: added);
    }

    private StatisticDelta AnyDelta()
    {
        var late = dice.Next(8) == 0 ? dice.Next(1, 700) : 0;
        var metric = Any(Metrics);
        int? slice = metric is StatisticMetric.Cancellations or StatisticMetric.CohortSize ? dice.Next(4) : null;
        return Delta(dice.Next(-50, 100), Any(Offers).Id, today - late, metric, slice);
    }

    private async Task FoldAsync()
    {
        if (Storage is PostgresStorage postgres) await postgres.FoldStatisticsAsync(CancellationToken.None);
    }

    private T Any<T>(IReadOnlyList<T> choices) => choices[dice.Next(choices.Count)];

    private static int DayOf(LocalDate date) => StatisticDelta.DayOf(date.AtMidnight().InUtc().ToInstant());

    private static int MonthOf(int day)
    {
        var date = new LocalDate(1970, 1, 1).PlusDays(day);
        return DayOf(new LocalDate(date.Year, date.Month, 1));
    }
}
