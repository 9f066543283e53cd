using System.Collections.Immutable;
using FsCheck.Fluent;
using OrleansBilling.Domain.Tests.Histories;

namespace OrleansBilling.Domain.Tests.Usage;

/// <summary>
/// Random prices and periods: usage, changes between offers that define their meters alike, differently or not at all,
/// cancellations and declined cards. After every decision the laws compare each bill with the exact model
/// (<see cref="ExactPrice"/>), which does not use the state.
/// </summary>
public sealed class PeriodUsageProperties
{
    private static readonly string[] Ids = ["a", "b", "c"];

    [Fact]
    public void Every_bill_is_what_the_exact_model_says()
    {
        var (lines, settled, refused) = (0, 0, 0);
        Properties.Hold(Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var dice = new Random(seed);
            var offers = Offers(dice);
            var life = new Timeline(offers[0], When.Utc("2024-01-31T10:00")) { Thorough = false };
            life.Subscribe();
            for (var step = 0; step < 16; step++) refused += Step(life, dice, offers) ? 0 : 1;
            life.To(life.Now + Duration.FromDays(40));
            life.Laws.HoldWhole();
            lines += life.Invoices.Sum(invoice => invoice.Lines.Count(line => line.Meter is not null));
            settled += life.All<SubscriptionEvent.PlanChanged>().Sum(change => change.Readings.Length);
            return true;
        }, count: 4_000);
        Assert.True(lines > 15_000 && settled > 4_000 && refused > 100, $"{lines} lines, {settled} settled, {refused} refused");
    }

    /// <summary>The rule of issue 8: the same usage costs the same with and without changes that keep the meters.</summary>
    [Fact]
    public void Changes_that_keep_the_meters_change_nothing()
    {
        var compared = 0L;
        Properties.Hold(Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var (still, _) = Lived(seed, changes: false);
            var (changed, changes) = Lived(seed, changes: true);
            compared += changes * still.Length;
            return still.SequenceEqual(changed);
        }, count: 1_500);
        Assert.True(compared > 8_000, $"only {compared} changes met usage");
    }

    private static bool Step(Timeline life, Random dice, IReadOnlyList<OfferTerms> offers)
    {
        if (life.State.HasEnded)
        {
            life.Bank.AlwaysSays(Bank.Paid);
            return Told(life, Ask.Reactivate());
        }

        switch (dice.Next(14))
        {
            case 0:
                life.To(life.Now + Duration.FromDays(dice.Next(1, 30)));
                return true;
            case 1:
                life.Bank.AlwaysSays(dice.Next(3) == 0 ? Bank.Soft : Bank.Paid);
                return Told(life, Ask.Cancel());
            case 2 or 3 or 4 or 5:
                return Told(
                    life, Ask.ChangePlan(RandomTerms.Pick(dice, offers), dice.Next(5) == 0 ? EffectiveAt.PeriodEnd : EffectiveAt.Now));
            case 6:
                return Told(life, dice.Next(2) == 0 ? Ask.Quantity(dice.Next(1, 5)) : Ask.AddOns());
            default:
                return Told(
                    life, new SubscriptionCommand.RecordUsage(
                        [.. Enumerable.Range(0, dice.Next(1, 4)).Select(_ => Event(life, dice)).OfType<UsageEntry>()]));
        }
    }

    private static bool Told(Timeline life, SubscriptionCommand command)
    {
        var refused = life.Decide(command, By.Administrator).Refusal is not null;
        life.Settle();
        return !refused;
    }

    private static UsageEntry? Event(Timeline life, Random dice)
    {
        var id = RandomTerms.Pick(dice, Ids);
        if (life.Terms.Offer.FindMeter(id) is not { } meter) return null;
        return meter.Aggregation == MeterAggregation.Unique
            ? new UsageEntry($"e{dice.Next()}", id, 0, null, $"key-{dice.Next(20)}")
            : new UsageEntry($"e{dice.Next()}", id, RandomMeter.Units(dice, meter) / 3, null, null);
    }

    /// <summary>Each meter has two definitions; an offer has one of them or none. One offer is billed weekly.</summary>
    private static OfferTerms[] Offers(Random dice)
    {
        var book = Ids.ToDictionary(
            id => id, id => new[] { RandomMeter.Roll(dice, id, dearest: 100_000), RandomMeter.Roll(dice, id, dearest: 100_000) });
        return
        [
            .. Enumerable.Range(0, 5).Select(n =>
            {
                var given = n == 4
                    ? Given.Weekly(dice.Next(0, 5_000)).OfPlan(plan => plan with { Id = "weekly" })
                    : Given.Monthly(dice.Next(0, 5_000));
                ImmutableArray<Meter> meters = [.. Ids.Where(_ => dice.Next(5) > 0).Select(id => RandomTerms.Pick(dice, book[id]))];
                return given.OfOffer(o => o with { Id = $"offer-{n}", PlanId = n == 4 ? "weekly" : "plan", Meters = meters }).Terms();
            }),
        ];
    }

    /// <summary>Three months of usage, and what each recurrence billed for it.</summary>
    private static (string[] Billed, int Changes) Lived(int seed, bool changes)
    {
        var dice = new Random(seed);
        ImmutableArray<Meter> meters = [.. Ids.Select(id => RandomMeter.Roll(dice, id, dearest: 100_000))];
        var given = Given.Monthly(1000).OfOffer(o => o with { AddOns = [new AddOn("extra", "Extra", 7)], Meters = meters });
        var twin = given.OfOffer(
            o => o with { Id = "twin", Amount = 2000, Meters = [.. meters.Reverse().Select(meter => meter with { Name = "Twin" })] });
        var life = new Timeline(given.Terms(), When.Utc("2024-01-31T10:00")) { Thorough = false };
        life.Subscribe();
        var made = 0;
        for (var step = 0; step < 24; step++)
        {
            life.To(life.Now + Duration.FromHours(dice.Next(1, 180)));
            if (Event(life, dice) is { } used) Told(life, new SubscriptionCommand.RecordUsage([used]));
            var change = dice.Next(4) switch
            {
                0 => Ask.Quantity(dice.Next(1, 9)),
                1 => Ask.AddOns(("extra", dice.Next(1, 9))),
                2 => Ask.ChangePlan(RandomTerms.Pick(dice, [given.Terms(), twin.Terms()])),
                _ => Ask.AddOns(),
            };
            if (changes && Told(life, change)) made++;
        }

        life.To(When.Utc("2024-10-31T10:00"));
        return ([.. life.All<SubscriptionEvent.RecurrenceStarted>().SelectMany(e => Usage(e).Order(StringComparer.Ordinal))], made);

        static IEnumerable<string> Usage(SubscriptionEvent.RecurrenceStarted e) =>
            e.Invoice.Lines.Where(line => line.Meter is not null).Select(line => $"{e.Period.Index} {line.Meter} {line.Amount}");
    }
}
