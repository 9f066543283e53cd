using NodaTime;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>Payment outcomes follow the dice, and both runs roll the same dice.</summary>
public sealed class PaymentDiceTests
{
    private const int Subscriptions = 40;
    private const int HalfPays = 50_000;

    [Fact]
    public async Task Retries_collect_what_the_dice_say()
    {
        await using var book = await Book.OfAsync(Subscriptions);
        var odds = new Assumptions(HalfPays, HalfPays, 0, 0);
        var brl = Assert.Single(
            (await book.AskAsync(Book.Dunning(new DunningChange { MaxRetries = 0 }), odds, months: 1, seed: 7)).Currencies);

        // By 03-10 there were attempts on 02-29, 03-01, 03-04 and 03-09: four with retries, one without.
        Assert.Equal(2_990 * PaidWithin(attempts: 4), brl.Baseline.Total.Collected);
        Assert.Equal(2_990 * PaidWithin(attempts: 1), brl.Changed.Total.Collected);
        Assert.Equal(Subscriptions - PaidWithin(attempts: 1), brl.Changed.Total.CanceledInvoluntary);
        Assert.InRange(PaidWithin(attempts: 1), 1, PaidWithin(attempts: 4) - 1);

        int PaidWithin(int attempts) => Enumerable.Range(0, Subscriptions).Count(n =>
            Enumerable.Range(1, attempts)
                .Any(attempt => new LifeDice(7, $"s{n:000}").Pays(invoice: 2, attempt, LifeDice.ChanceOf(HalfPays))));
    }

    [Fact]
    public async Task First_tries_and_retries_have_chances_of_their_own()
    {
        await using var book = await Book.OfAsync(10);
        var allRecover = Assert.Single(
            (await book.AskAsync(assumptions: new Assumptions(0, Assumptions.Whole, 0, 0), months: 1)).Currencies);
        Assert.Equal(29_900, allRecover.Baseline.Total.Collected);

        var noneRecovers = Assert.Single(
            (await book.AskAsync(assumptions: new Assumptions(Assumptions.Whole, 0, 0, 0), months: 1)).Currencies);
        Assert.Equal(29_900, noneRecovers.Baseline.Total.Collected);
    }

    [Fact]
    public async Task What_is_in_flight_when_asked_is_settled_by_the_dice()
    {
        await using var book = new Book();
        await book.Host.ExecuteAsync("voucher", book.Host.Subscribe("voucher", "tok_voucher"));
        await book.Host.Runtime.RunDueAsync(CancellationToken.None);
        Assert.NotNull((await book.Host.ReadAsync("voucher")).Charge);

        var paid = Assert.Single((await book.AskAsync(months: 1)).Currencies).Baseline;
        Assert.Equal((2_990, 1), (paid.Total.Collected, paid.Total.Current));

        // An expired voucher is not retried automatically: the first payment never arrives, and the subscription
        // expires.
        var unpaid = Assert.Single((await book.AskAsync(assumptions: new Assumptions(0, 0, 0, 0), months: 2)).Currencies).Baseline;
        Assert.Equal(default, unpaid.Total);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(25_000, 2_500)]
    [InlineData(92_000, 9_200)]
    [InlineData(100_000, 10_000)]
    public void A_chance_comes_up_as_often_as_it_says(int milliPercent, int expected)
    {
        var paid = 0;
        for (var n = 0; n < 10_000; n++)
        {
            if (new LifeDice(3, $"subscription-{n}").Pays(2, 1, LifeDice.ChanceOf(milliPercent))) paid++;
        }

        Assert.InRange(paid, expected - 200, expected + 200);
        if (milliPercent is 0 or 100_000) Assert.Equal(expected, paid);
    }

    [Fact]
    public void Attempts_invoices_months_and_purposes_do_not_hang_together()
    {
        var half = LifeDice.ChanceOf(HalfPays);
        var rolls = Enumerable.Range(0, 1_000).Select(n => new LifeDice(3, $"s{n}")).Select(dice =>
            (First: dice.Pays(2, 1, half), Second: dice.Pays(2, 2, half), Next: dice.Pays(3, 1, half), Leaves: dice.Leaves(0, half),
                Later: dice.Leaves(1, half))).ToList();
        Assert.InRange(rolls.Count(roll => roll.First == roll.Second), 430, 570);
        Assert.InRange(rolls.Count(roll => roll.First == roll.Next), 430, 570);
        Assert.InRange(rolls.Count(roll => roll.First == roll.Leaves), 430, 570);
        Assert.InRange(rolls.Count(roll => roll.Leaves == roll.Later), 430, 570);
    }

    [Fact]
    public async Task A_refund_in_flight_does_not_hold_a_life_up()
    {
        await using var book = await Book.OfAsync(1);
        var state = await book.Host.ReadAsync("s000");
        var figures = new Figures(1);
        var refund = new OrleansBilling.Domain.Subscriptions.PaymentInFlight
        {
            Kind = OrleansBilling.Domain.Subscriptions.PaymentKind.Refund, Invoice = 1, Attempt = 1, ChargeAttempt = 1, Amount = 100,
            Token = "tok_ok",
            RequestedAt = state.UpdatedAt, AskAt = Instant.FromUtc(2024, 2, 11, 0, 0),
        };
        var life = new SimulatedLife(
            state with { Refunds = [refund] }, new LifeStart(new LifeTerms(book.Host.Monthly, 0), null, null),
            new Course(1, new MonthGrid(Instant.FromUtc(2024, 2, 10, 0, 0), 1), LifeDice.Certain, LifeDice.Certain, StepsMax: 10), figures);

        Assert.True(life.Live());
        Assert.Equal(2_990, figures.Rows()[1].Collected);
    }
}
