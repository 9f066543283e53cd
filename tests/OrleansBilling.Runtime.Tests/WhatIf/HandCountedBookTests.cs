using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>Ten subscriptions at 29.90 that renew on 02-29, 03-31 and 04-30, simulated from 02-10: small enough to count by hand.</summary>
public sealed class HandCountedBookTests
{
    [Fact]
    public async Task When_all_pay_and_nobody_leaves_each_month_invoices_and_collects_everybody_once()
    {
        await using var book = await Book.OfAsync(10);
        var result = await book.AskAsync();

        Assert.Equal((10, 10, 0), (result.Taken, result.Of, result.CutShort));
        var brl = Assert.Single(result.Currencies);
        Assert.Equal("BRL", brl.Currency);
        Assert.Equal(new MonthFigures(29_900, 10, 0, 0, 0, 0, 0), brl.Baseline.Start);
        var month = new MonthFigures(29_900, 10, 0, 0, 10, 29_900, 29_900);
        Assert.Equal([month, month, month], brl.Baseline.Months);
        Assert.Equal(new MonthFigures(29_900, 10, 0, 0, 30, 89_700, 89_700), brl.Baseline.Total);
        Assert.Equal(brl.Baseline.Months, brl.Changed.Months);
    }

    [Theory]
    [InlineData(null, 10, 32_890)]
    [InlineData(null, -100, 0)]
    [InlineData(3_500L, null, 35_000)]
    [InlineData(2_990L, null, 29_900)]
    public async Task Another_price_is_paid_from_the_next_renewal_on(long? amount, int? percent, long invoiced)
    {
        await using var book = await Book.OfAsync(10);
        var brl = Assert.Single((await book.AskAsync(Book.Price(amount, percent))).Currencies);

        var month = new MonthFigures(invoiced, 10, 0, 0, 10, invoiced, invoiced);
        Assert.Equal(new MonthFigures(29_900, 10, 0, 0, 0, 0, 0), brl.Changed.Start);
        Assert.Equal([month, month, month], brl.Changed.Months);
        Assert.Equal(89_700, brl.Baseline.Total.Collected);
    }

    [Fact]
    public async Task A_price_of_another_offer_changes_nothing()
    {
        await using var book = await Book.OfAsync(3);
        var brl = Assert.Single((await book.AskAsync(Book.Price(percent: 50, offerId: "other"))).Currencies);
        Assert.Equal(brl.Baseline.Months, brl.Changed.Months);
    }

    [Fact]
    public async Task For_new_ones_only_the_price_changes_for_those_whose_first_period_is_to_come()
    {
        await using var book = await Book.OfAsync(2);
        await book.AddAsync("trying", book.Host.Monthly, trialDays: 14);
        var changed = Assert.Single((await book.AskAsync(Book.Price(percent: 10, appliesTo: PriceScope.NewOnly))).Currencies).Changed;

        // The trial ends on 02-24, and the others renew on 02-29.
        Assert.Equal(new MonthFigures(5_980, 2, 0, 0, 0, 0, 0), changed.Start);
        Assert.Equal(new MonthFigures(5_980 + 3_289, 3, 0, 0, 3, 5_980 + 3_289, 5_980 + 3_289), changed.Months[0]);
    }

    [Fact]
    public async Task A_scheduled_change_of_plan_costs_the_changed_price_of_its_offer()
    {
        await using var book = await Book.OfAsync(1);
        var dearer = book.Host.CatalogStore.SellBeside(book.Host.Monthly, "dearer", 5_990, new BillingInterval(IntervalUnit.Month, 1));
        await book.DoAsync("s000", new SubscriptionCommand.ChangePlan(EffectiveAt.PeriodEnd, dearer, null, null));
        var brl = Assert.Single((await book.AskAsync(Book.Price(amount: 7_000, offerId: "dearer"))).Currencies);

        Assert.Equal([5_990, 5_990, 5_990], brl.Baseline.Months.Select(month => month.Collected));
        Assert.Equal([7_000, 7_000, 7_000], brl.Changed.Months.Select(month => month.Collected));
        Assert.Equal([7_000, 7_000, 7_000], brl.Changed.Months.Select(month => month.RecurringRevenue));
    }

    [Fact]
    public async Task Nobody_who_pays_and_five_retries_lose_the_book_in_the_second_month_and_none_in_the_first()
    {
        await using var book = await Book.OfAsync(10);
        var nobodyPays = new Assumptions(0, 0, 0, 0);
        var brl = Assert.Single((await book.AskAsync(Book.Dunning(new DunningChange { MaxRetries = 0 }), nobodyPays)).Currencies);

        // Declined on 02-29. Without retries the subscription ends there; with five it ends 23 days later, on 03-23.
        Assert.Equal(new MonthFigures(29_900, 10, 0, 0, 10, 29_900, 0), brl.Baseline.Months[0]);
        Assert.Equal(new MonthFigures(0, 0, 0, 10, 0, 0, 0), brl.Baseline.Months[1]);
        Assert.Equal(new MonthFigures(0, 0, 0, 10, 10, 29_900, 0), brl.Changed.Months[0]);
        Assert.Equal(default, brl.Changed.Months[1]);
    }

    [Fact]
    public async Task What_is_left_out_of_a_dunning_change_stays_as_the_policy_says()
    {
        await using var book = new Book();
        var patient = book.Host.CatalogStore.Sell(
            "patient", 1_000, new BillingInterval(IntervalUnit.Month, 1),
            dunning: new DunningPolicy(2, 30, [2], false, ExhaustedAction.LeavePastDue));
        await book.AddAsync("s", patient);
        await book.MoveToAsync(Instant.FromUtc(2024, 2, 10, 0, 0));
        var brl = Assert.Single(
            (await book.AskAsync(Book.Dunning(new DunningChange { MaxRetries = 0 }), new Assumptions(0, 0, 0, 0))).Currencies);

        Assert.Equal(1, brl.Changed.Total.Current);
        Assert.Equal(3, brl.Changed.Total.Invoices);
    }

    [Fact]
    public async Task Who_leaves_for_sure_leaves_at_the_end_of_the_period()
    {
        await using var book = await Book.OfAsync(10);
        var brl = Assert.Single((await book.AskAsync(assumptions: Book.Certain with { MonthlyChurn = Assumptions.Whole })).Currencies);

        Assert.Equal(new MonthFigures(0, 0, 10, 0, 0, 0, 0), brl.Baseline.Months[0]);
        Assert.Equal(new MonthFigures(0, 0, 10, 0, 0, 0, 0), brl.Baseline.Total);
    }

    [Fact]
    public async Task What_has_ended_is_not_of_the_book()
    {
        await using var book = await Book.OfAsync(3);
        await book.DoAsync("s001", new SubscriptionCommand.Cancel(EffectiveAt.Now, null, null, CancellationRefund.None, null));
        var result = await book.AskAsync();

        Assert.Equal(2, result.Taken);
        Assert.Equal(5_980, result.Currencies[0].Baseline.Months[0].Collected);
    }

    [Fact]
    public async Task An_empty_book_has_an_empty_answer()
    {
        await using var book = new Book();
        var result = await book.AskAsync();
        Assert.Equal((0, 0, 0), (result.Taken, result.Of, result.CutShort));
        Assert.Empty(result.Currencies);
    }

    [Fact]
    public async Task A_life_of_too_many_steps_is_cut_short_and_counted()
    {
        await using var book = await Book.OfAsync(4);

        // A renewal and its payment are two steps, so three renewals are six. A fourth would be due after the end.
        Assert.Equal(0, (await book.AskAsync(book.Question(), stepsMax: 10)).CutShort);
        Assert.Equal(4, (await book.AskAsync(book.Question(), stepsMax: 5)).CutShort);
    }
}
