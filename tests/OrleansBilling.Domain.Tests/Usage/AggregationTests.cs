namespace OrleansBilling.Domain.Tests.Usage;

/// <summary>How a meter combines events: sum, largest, newest, or number of distinct keys. Each event counts once.</summary>
public sealed class AggregationTests
{
    private static Meter Of(string id, MeterAggregation aggregation) =>
        new() { Id = id, Name = id, Aggregation = aggregation, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(10) };

    private static readonly Given Metered = Given.Monthly(3000).OfOffer(o => o with
    {
        Meters = [
            Of("sum", MeterAggregation.Sum), Of("max", MeterAggregation.Max), Of("last", MeterAggregation.Last),
            Of("users", MeterAggregation.Unique)],
    });

    private static Timeline OnJune11() => Metered.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

    private static long Reading(Timeline life, string meter) => life.State.Usage.Single(reading => reading.Meter == meter).Units;

    [Theory]
    [InlineData("sum", "5 3 4", 12)]
    [InlineData("sum", "0", 0)]
    [InlineData("max", "5 3 4", 5)]
    [InlineData("max", "3 5 4", 5)]
    [InlineData("last", "5 3 4", 4)]
    [InlineData("last", "5 0", 0)]
    public void Quantities_add_up(string meter, string quantities, long units)
    {
        var life = OnJune11();
        foreach (var (quantity, n) in quantities.Split(' ').Select((quantity, n) => (long.Parse(quantity), n)))
            life.Tell(Ask.Usage($"u{n}", meter, quantity));

        Assert.Equal(units, Reading(life, meter));
    }

    [Theory]
    [InlineData("ann ben ann", 2)]
    [InlineData("ann Ann", 2)]
    [InlineData("ann", 1)]
    public void Different_keys_are_counted_once(string keys, long units)
    {
        var life = OnJune11();
        foreach (var (key, n) in keys.Split(' ').Select((key, n) => (key, n))) life.Tell(Ask.Usage($"u{n}", "users", 0, key));

        Assert.Equal(units, Reading(life, "users"));
    }

    [Fact]
    public void The_newest_is_so_by_its_own_time_however_late_it_is_told()
    {
        var life = OnJune11().Tell(Ask.Usage("u1", "last", 7, at: When.Utc("2024-06-10T00:00")))
            .Tell(Ask.Usage("u2", "last", 9, at: When.Utc("2024-06-09T23:59")));
        Assert.Equal(7, Reading(life, "last"));

        Assert.Equal(8, Reading(life.Tell(Ask.Usage("u3", "last", 8, at: When.Utc("2024-06-10T00:00"))), "last"));
    }

    [Fact]
    public void An_event_that_was_told_before_changes_nothing_in_one_command_or_in_another_or_in_another_period()
    {
        var life = OnJune11()
            .Tell(new SubscriptionCommand.RecordUsage(
                [new("u1", "sum", 5, null, null), new("u1", "sum", 5, null, null), new("u2", "sum", 1, null, null)]));
        Assert.Equal((6L, 2), (Reading(life, "sum"), Assert.Single(life.All<SubscriptionEvent.UsageRecorded>()).Entries.Length));

        Assert.Empty(life.Tell(Ask.Usage("u1", "sum", 99)).Happened);
        Assert.Empty(life.To("2024-07-02T00:00").Tell(Ask.Usage("u1", "max", 5)).Happened);
        Assert.Equal(2, life.UsageKeyCount);
    }

    [Fact]
    public void After_it_was_billed_every_meter_begins_anew_and_keys_count_again()
    {
        var life = OnJune11().Tell(Ask.Usage("u1", "users", 0, "ann")).Tell(Ask.Usage("u2", "sum", 5)).To("2024-07-01T00:00");
        Assert.Empty(life.State.Usage);
        Assert.Equal("Recurrence 3000, Usage 10, Usage 50 = 3060", life.Bill(2));

        life.Tell(Ask.Usage("u3", "users", 0, "ann")).Tell(Ask.Usage("u4", "users", 0, "ben"));
        Assert.Equal((2L, 1), (Reading(life, "users"), life.State.UsageWindow));
    }

    [Fact]
    public void What_is_told_after_a_renewal_counts_with_the_new_period_even_if_it_was_used_before()
    {
        var life = OnJune11().To("2024-07-02T00:00").Tell(Ask.Usage("late", "sum", 5, at: When.Utc("2024-06-30T23:59")));

        Assert.Equal("Recurrence 3000 = 3000", life.Bill(2));
        Assert.Equal("Recurrence 3000, Usage 50 = 3050", life.To("2024-08-01T00:00").Bill(3));
    }

    [Fact]
    public void A_renewal_that_was_slept_through_is_billed_first()
    {
        var life = OnJune11().Tell(Ask.Usage("u1", "users", 0, "ann")).SleepTo("2024-07-02T00:00").Tell(Ask.Usage("u2", "users", 0, "ann"));

        Assert.Equal("Recurrence 3000, Usage 10 = 3010", life.Bill(2));
        Assert.Equal(1, Reading(life, "users"));
        Assert.Equal("catching_up", life.SleepTo("2024-12-01T00:00").Refuses(Ask.Usage("u3", "sum", 1)).Code);
    }

    public static TheoryData<UsageEntry, string, string> Wrong => new()
    {
        { new("u", "nothing", 1, null, null), "unknown_meter", "meter" },
        { new("u", "sum", -1, null, null), "usage_too_large", "quantity" },
        { new("u", "sum", Meter.UnitsMax + 1, null, null), "usage_too_large", "quantity" },
        { new("u", "sum", 1, null, "ann"), "usage_key_mismatch", "key" },
        { new("u", "users", 1, null, null), "usage_key_mismatch", "key" },
        { new("u", "sum", 1, When.Utc("2024-06-11T00:01"), null), "usage_time_out_of_range", "at" },
        { new("u", "sum", 1, When.Utc("2024-05-31T23:59"), null), "usage_time_out_of_range", "at" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void One_wrong_event_refuses_all_of_the_command(UsageEntry wrong, string code, string field)
    {
        var life = OnJune11();

        var refusal = life.Refuses(new SubscriptionCommand.RecordUsage([new("right", "sum", 1, null, null), wrong]));

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
        Assert.Single(life.Tell(Ask.Usage("right", "sum", 1)).State.Usage);
    }

    [Fact]
    public void Units_have_a_bound_also_added_up()
    {
        var life = OnJune11().Tell(Ask.Usage("u1", "sum", Meter.UnitsMax, at: When.Utc("2024-06-01T00:00")));

        Assert.Equal("usage_too_large", life.Refuses(Ask.Usage("u2", "sum", 1)).Code);
        Assert.Equal(Meter.UnitsMax, Reading(life.Tell(Ask.Usage("u3", "sum", 0)), "sum"));
    }

    [Fact]
    public void Customers_do_not_report_their_own_usage() =>
        Assert.Equal("forbidden", OnJune11().Refuses(Ask.Usage("u1", "sum", 0), By.Customer).Code);

    [Fact]
    public void Ten_thousand_events_leave_a_state_no_larger_than_ten()
    {
        var ten = OnJune11().Tell(Burst(0, 10));
        var tenThousand = OnJune11();
        for (var n = 0; n < 10_000; n += SubscriptionCommand.RecordUsage.EntriesMax)
            tenThousand.Tell(Burst(n, SubscriptionCommand.RecordUsage.EntriesMax));

        Assert.Equal(10_000 / 4, Reading(tenThousand, "users"));
        Assert.Equal(ten.State.Usage.Select(reading => reading.Meter), tenThousand.State.Usage.Select(reading => reading.Meter));
        Assert.Equal(Emptied(ten.State).ToString(), Emptied(tenThousand.State).ToString());

        static SubscriptionCommand Burst(int from, int count) => new SubscriptionCommand.RecordUsage(
        [
            .. Enumerable.Range(from, count).Select(n => (n % 4) switch
            {
                0 => new UsageEntry($"u{n}", "users", 0, null, $"user-{n}"),
                1 => new UsageEntry($"u{n}", "sum", 3, null, null),
                2 => new UsageEntry($"u{n}", "max", n, null, null),
                _ => new UsageEntry($"u{n}", "last", n, null, null),
            }),
        ]);

        static Subscription Emptied(Subscription state) => state with { Usage = [], Version = 0 };
    }
}
