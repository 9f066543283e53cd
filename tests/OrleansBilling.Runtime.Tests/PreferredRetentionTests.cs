using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Tests;

/// <summary>The retention offer that saved the most subscriptions, according to the statistics.</summary>
public sealed class PreferredRetentionTests
{
    private readonly Counts counts = new();
    private readonly Stopped time = new();
    private readonly PreferredRetention preferred;

    public PreferredRetentionTests() =>
        preferred = new PreferredRetention(counts, new VirtualClock(Instant.FromUtc(2024, 1, 31, 0, 0)), time);

    [Fact]
    public async Task The_offer_with_the_largest_share_of_those_who_stayed_is_preferred()
    {
        counts.Say(1, assigned: 100, lost: 50);
        counts.Say(2, assigned: 40, lost: 10);
        counts.Say(3, assigned: 30, lost: 15);
        Assert.Equal(2, await FindAsync());
    }

    [Fact]
    public async Task What_was_assigned_to_fewer_than_twenty_has_shown_nothing_yet()
    {
        counts.Say(1, assigned: 19, lost: 0);
        Assert.Null(await FindAsync());
        counts.Say(2, assigned: 20, lost: 20);
        time.Pass(PreferredRetention.Lifetime);
        Assert.Equal(2, await FindAsync());
    }

    [Fact]
    public async Task Of_equals_the_earlier_one_stays_and_the_control_group_is_none_of_them()
    {
        counts.Say(0, assigned: 100, lost: 0);
        counts.Say(1, assigned: 20, lost: 10);
        counts.Say(2, assigned: 40, lost: 20);
        Assert.Equal(1, await FindAsync());
    }

    [Fact]
    public async Task Sums_of_several_currencies_and_days_are_taken_together()
    {
        counts.Say(1, assigned: 10, lost: 9);
        counts.Say(1, assigned: 10, lost: 9);
        counts.Say(2, assigned: 25, lost: 20);
        Assert.Equal(2, await FindAsync());
    }

    [Fact]
    public async Task A_wave_of_questions_reads_the_statistics_once_in_a_while()
    {
        counts.Say(1, assigned: 20, lost: 0);
        for (var n = 0; n < 100; n++) Assert.Equal(1, await FindAsync());
        Assert.Equal(1, counts.Reads);
        time.Pass(PreferredRetention.Lifetime);
        Assert.Equal(1, await FindAsync());
        Assert.Equal(2, counts.Reads);
    }

    private ValueTask<int?> FindAsync() => preferred.FindAsync("product", CancellationToken.None);

    private sealed class Counts : IStatisticsStore
    {
        private readonly List<StatisticRow> rows = [];

        public int Reads { get; private set; }

        public void Say(int variant, long assigned, long lost)
        {
            rows.Add(new StatisticRow(19_753, "BRL", "", StatisticMetric.RetentionAssigned, variant, assigned));
            rows.Add(new StatisticRow(19_753, "BRL", "", StatisticMetric.RetentionLost, variant, lost));
        }

        public ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
            IReadOnlyCollection<int> numbers, CancellationToken cancellationToken) =>
            new(new Dictionary<int, string>());

        public ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
            StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken)
        {
            Assert.Equal("product", filter.ProductId);
            Assert.Equal([StatisticMetric.RetentionAssigned, StatisticMetric.RetentionLost], filter.Metrics.AsEnumerable());
            Assert.True(range.ToDay >= 19_753);
            Reads++;
            return new([.. rows]);
        }
    }

    private sealed class Stopped : TimeProvider
    {
        private long timestamp;

        public override long GetTimestamp() => timestamp;

        public void Pass(TimeSpan span) => timestamp += (long)(span.TotalSeconds * TimestampFrequency);
    }
}
