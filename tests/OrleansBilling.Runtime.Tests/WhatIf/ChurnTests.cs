using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>Dice decide once a month whether a customer leaves, and a price change moves the chance.</summary>
public sealed class ChurnTests
{
    private const int Subscriptions = 60;

    [Fact]
    public async Task So_many_leave_as_the_dice_say()
    {
        await using var book = await Book.OfAsync(Subscriptions);
        var brl = Assert.Single((await book.AskAsync(assumptions: Book.Certain with { MonthlyChurn = 10_000 }, seed: 5)).Currencies);

        // A customer who decides to leave goes at the period's end, which here is in the same month.
        Assert.Equal([LeaveIn(0), LeaveIn(1), LeaveIn(2)], brl.Baseline.Months.Select(month => month.CanceledVoluntary));
        Assert.Equal(Subscriptions - LeaveIn(0) - LeaveIn(1) - LeaveIn(2), brl.Baseline.Total.Current);
        Assert.InRange(LeaveIn(0) + LeaveIn(1) + LeaveIn(2), 5, 30);

        long LeaveIn(int month) => Enumerable.Range(0, Subscriptions).Count(n =>
            Enumerable.Range(0, 3).Select(m => new LifeDice(5, $"s{n:000}").Leaves(m, LifeDice.ChanceOf(10_000))).ToList()
                .IndexOf(true) == month);
    }

    [Fact]
    public async Task The_dearer_it_gets_and_the_more_that_matters_the_more_leave()
    {
        await using var book = await Book.OfAsync(Subscriptions);
        var left = new List<Int128>();
        foreach (var response in (int[])[0, 1_000, 5_000, 20_000, 200_000])
        {
            var brl = Assert.Single(
                (await book.AskAsync(
                    Book.Price(percent: 20), Book.Certain with { MonthlyChurn = 5_000, ChurnPerPrice = response }, months: 6)).Currencies);
            left.Add(brl.Changed.Total.CanceledVoluntary);
            if (response == 0) Assert.Equal(brl.Baseline.Total.CanceledVoluntary, brl.Changed.Total.CanceledVoluntary);
        }

        Assert.Equal(left.Order(), left);
        Assert.True(left[^1] > left[0], $"{left[0]} left without a response, {left[^1]} with the strongest.");
    }

    [Fact]
    public async Task The_cheaper_it_gets_the_fewer_leave_down_to_nobody()
    {
        await using var book = await Book.OfAsync(Subscriptions);
        var left = new List<Int128>();
        foreach (var percent in (int[])[0, -5, -20, -50])
        {
            var brl = Assert.Single(
                (await book.AskAsync(
                    Book.Price(percent: percent), Book.Certain with { MonthlyChurn = 10_000, ChurnPerPrice = 2_000 },
                    months: 6)).Currencies);
            left.Add(brl.Changed.Total.CanceledVoluntary);

            // Until the first renewal the price is unchanged, so the first month's churn is, too.
            Assert.Equal(brl.Baseline.Months[0].CanceledVoluntary, brl.Changed.Months[0].CanceledVoluntary);
            if (percent == -50) Assert.Equal(brl.Baseline.Months[0].CanceledVoluntary, brl.Changed.Total.CanceledVoluntary);
        }

        Assert.Equal(left.OrderDescending(), left);
        Assert.True(left[^1] < left[0]);
    }

    [Theory]
    [InlineData(1_000, 1_100, 1_000, 22_000_000)]
    [InlineData(1_000, 900, 1_000, 18_000_000)]
    [InlineData(1_000, 1_100, 0, 20_000_000)]
    [InlineData(1_000, 2_000, 1_000_000, 1_000_000_000)]
    [InlineData(1_000, 0, 5_000, 0)]
    [InlineData(0, 500, 5_000, 20_000_000)]
    [InlineData(1, 99_999_999_999, 1_000_000, 1_000_000_000)]
    public void The_chance_moves_in_proportion_between_never_and_certain(long amount, long changed, int perPrice, long expected) =>
        Assert.Equal(expected, TermsChanger.ChurnAfter(LifeDice.ChanceOf(2_000), amount, changed, perPrice));
}
