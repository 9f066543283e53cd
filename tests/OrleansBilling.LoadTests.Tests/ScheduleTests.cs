using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>What is fixed before a run: the arrival times and the commands.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void The_same_seed_makes_the_same_arrivals_and_another_seed_others()
    {
        var first = Arrivals(ArrivalSchedule.Poisson(1_000, TimeSpan.FromSeconds(2), seed: 7));
        Assert.Equal(first, Arrivals(ArrivalSchedule.Poisson(1_000, TimeSpan.FromSeconds(2), seed: 7)));
        Assert.NotEqual(first, Arrivals(ArrivalSchedule.Poisson(1_000, TimeSpan.FromSeconds(2), seed: 8)));
    }

    [Theory]
    [InlineData(10, 1_000)]
    [InlineData(5_000, 20)]
    public void Arrivals_are_those_of_a_poisson_process(int perSecond, int seconds)
    {
        var schedule = ArrivalSchedule.Poisson(perSecond, TimeSpan.FromSeconds(seconds), seed: 3);
        var arrivals = Arrivals(schedule);
        Assert.Equal(arrivals.Order(), arrivals);
        Assert.InRange(arrivals[^1], TimeSpan.Zero, schedule.Duration);

        // The standard deviation of a count is its square root. Five times that practically never occurs.
        var expected = perSecond * seconds;
        Assert.InRange(schedule.Count, expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected)));

        // A share of 1 ÷ e of exponential gaps is longer than the average.
        var gaps = arrivals.Zip(arrivals.Skip(1), (one, next) => next - one).ToList();
        var longer = gaps.Count(gap => gap.TotalSeconds > 1.0 / perSecond) / (double)gaps.Count;
        Assert.InRange(longer, (1 / Math.E) - 0.02, (1 / Math.E) + 0.02);
    }

    [Fact]
    public void A_schedule_has_a_limit() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ArrivalSchedule.Poisson(1_000_000, TimeSpan.FromSeconds(101), seed: 1));

    [Fact]
    public void Ranks_come_up_as_often_as_zipf_has_it()
    {
        const int Rolls = 200_000;
        var zipf = new Zipf(100, exponent: 1);
        var dice = new LoadDice(5);
        var seen = new int[100];
        for (var roll = 0; roll < Rolls; roll++) seen[zipf.RankAt(dice.Share(roll))]++;
        Assert.InRange(seen[0] / (double)seen[1], 1.9, 2.1);
        Assert.InRange(seen[0] / (double)seen[9], 9, 11);
        Assert.All(seen, count => Assert.True(count > 0));
    }

    [Theory]
    [InlineData(1_000, 7, 1.0)]
    [InlineData(100, 1_000, 1.2)]
    [InlineData(17, 1, 0.0)]
    public void What_is_shared_out_sums_to_the_whole(int whole, int ranks, double exponent)
    {
        var parts = new Zipf(ranks, exponent).ShareOut(whole);
        Assert.Equal(whole, parts.Sum());
        Assert.All(parts, part => Assert.True(part >= 0));
        Assert.Equal(parts.Max(), parts[0]);
    }

    [Fact]
    public void A_marketplace_day_is_the_same_every_time_and_has_its_mix()
    {
        const int Seeded = 500;
        const int Commands = 20_000;
        var day = new MarketplaceDay(Seeded, new Zipf(20, 1), seed: 9);
        var again = new MarketplaceDay(Seeded, new Zipf(20, 1), seed: 9);
        var commands = Enumerable.Range(0, Commands).Select(n => day.Next(n)!.Value).ToList();
        Assert.Equal(commands, Enumerable.Range(0, Commands).Select(n => again.Next(n)!.Value));
        Assert.InRange(commands.Count(command => command.Kind == LoadKind.Subscribe) / (double)Commands, 0.23, 0.27);
        Assert.InRange(commands.Count(command => command.Kind == LoadKind.CancelNow) / (double)Commands, 0.08, 0.12);
        Assert.Equal(Enum.GetValues<LoadKind>().Length, commands.Select(command => command.Kind).Distinct().Count());

        // New subscriptions collide neither with each other nor with stored ones.
        var created = commands.Where(command => command.Kind == LoadKind.Subscribe).Select(command => command.Number).ToList();
        Assert.Equal(created.Count, created.Distinct().Count());
        Assert.All(created, number => Assert.True(number >= Seeded));
        Assert.All(commands.Where(command => command.Kind != LoadKind.Subscribe), command => Assert.InRange(command.Number, 0, Seeded - 1));
    }

    [Fact]
    public void A_peak_day_has_five_times_the_sign_ups_beside_as_much_else()
    {
        const int Usual = 20_000;
        var load = MarketplaceDay.LoadOf(5);
        var day = new MarketplaceDay(500, new Zipf(20, 1), seed: 9, signUps: 5);
        var commands = Enumerable.Range(0, (int)(Usual * load)).Select(n => day.Next(n)!.Value.Kind).ToList();
        Assert.Equal(2, load, 6);
        Assert.InRange(commands.Count(kind => kind == LoadKind.Subscribe) / (0.25 * Usual), 4.8, 5.2);
        Assert.InRange(commands.Count(kind => kind == LoadKind.PaymentMethod) / (0.4 * Usual), 0.95, 1.05);
        Assert.InRange(commands.Count(kind => kind == LoadKind.Retry) / (0.03 * Usual), 0.8, 1.2);
    }

    [Fact]
    public void Arrivals_may_be_even() =>
        Assert.Equal([0d, 250, 500, 750], Arrivals(ArrivalSchedule.Even(4, TimeSpan.FromSeconds(1))).Select(at => at.TotalMilliseconds));

    [Theory]
    [InlineData(10, 3)]
    [InlineData(2, 3)]
    [InlineData(100_000, 7)]
    public void Machines_share_out_the_whole(int whole, int machines)
    {
        var parts = Enumerable.Range(1, machines).Select(number => new MachineShare(number, machines).ShareOf(whole)).ToList();
        Assert.Equal(whole, parts.Sum());
        Assert.True(parts.Max() - parts.Min() <= 1);
    }

    [Fact]
    public void A_storm_ends_when_everybody_has_left()
    {
        var storm = new CancellationStorm(3);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(n => storm.Next(n)!.Value.Number));
        Assert.Null(storm.Next(3));
    }

    private static List<TimeSpan> Arrivals(ArrivalSchedule schedule) => [.. Enumerable.Range(0, schedule.Count).Select(schedule.At)];
}
