using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Orders;

/// <summary>Seats and add-ons: the price of each period, and changes within a period.</summary>
public sealed class QuantityAndAddOnTests
{
    private static readonly Given Team = Given.Monthly(3000).OfOffer(o => o with
    {
        AddOns = [new AddOn("support", "Support", 900), new AddOn("storage", "Storage", 60)],
    });

    private static Timeline Subscribed(int quantity = 1, params (string Id, int Quantity)[] addOns)
    {
        var life = Team.At("2024-06-01T00:00");
        return life.Tell(((SubscriptionCommand.Subscribe)life.Subscription()) with
        {
            Quantity = quantity, AddOns = [.. addOns.Select(addOn => new AddOnQuantity(addOn.Id, addOn.Quantity))],
        });
    }

    [Fact]
    public void Every_piece_and_every_add_on_has_its_price_each_period()
    {
        var life = Subscribed(3, ("storage", 5), ("support", 1)).To("2024-07-01T00:00");

        Assert.All(life.Invoices, invoice => Assert.Equal("Recurrence 9000, Addon 300, Addon 900 = 10200", Bills.Text(invoice)));
        Assert.Equal(["Recurrence × 3", "Storage × 5", "Support × 1"], life.Invoice(1).Lines.Select(line => line.Description));
    }

    [Theory]
    [InlineData(5, "ProrationCredit -6000, ProrationCharge 10000 = 4000")]
    [InlineData(2, "ProrationCredit -6000, ProrationCharge 4000 = -2000")]
    public void Seats_are_added_and_given_up_by_the_day(int quantity, string bill)
    {
        var life = Subscribed(3).To("2024-06-11T00:00").Tell(Ask.Quantity(quantity));

        Assert.Equal(bill, life.Bill(2));
        Assert.Equal($"Recurrence {3000 * quantity}", life.To("2024-07-01T00:00").LastBill().Split(',', '=')[0].Trim());
    }

    [Fact]
    public void Add_ons_are_named_all_at_once_and_what_is_not_named_is_given_up()
    {
        var life = Subscribed(1, ("storage", 10)).To("2024-06-11T00:00").Tell(Ask.AddOns(("support", 1)));

        Assert.Equal("ProrationCredit -2400, ProrationCharge 2600 = 200", life.Bill(2));
        Assert.Equal([new AddOnQuantity("support", 1)], life.State.AddOns.AsEnumerable());

        life.Tell(Ask.AddOns());
        Assert.Empty(life.State.AddOns);
        Assert.Equal("ProrationCredit -2600, ProrationCharge 2000 = -600", life.Bill(3));
    }

    [Fact]
    public void Another_offer_keeps_the_add_ons_that_it_sells_at_its_own_price()
    {
        var life = Subscribed(2, ("storage", 10), ("support", 1)).To("2024-06-11T00:00");

        life.Tell(
            Ask.ChangePlan(
                Team.OfOffer(o => o with { Id = "new", Amount = 4500, AddOns = [new AddOn("storage", "More storage", 30)] }).Terms()));

        Assert.Equal(
            (2, "storage 10"), (life.State.Quantity, string.Join(' ', life.State.AddOns.Select(addOn => $"{addOn.Id} {addOn.Quantity}"))));
        Assert.Equal("ProrationCredit -5000, ProrationCharge 6200 = 1200", life.Bill(2));
        Assert.Equal("Recurrence 9000, Addon 300 = 9300", life.To("2024-07-01T00:00").LastBill());
    }

    [Fact]
    public void At_period_end_nothing_is_prorated()
    {
        var life = Subscribed().To("2024-06-11T00:00").Tell(Ask.Quantity(4, EffectiveAt.PeriodEnd)).To("2024-07-01T00:00");

        Assert.Equal(["Recurrence 3000 = 3000", "Recurrence 12000 = 12000"], life.Invoices.Select(Bills.Text));
    }

    [Theory]
    [InlineData(0, "out_of_range", "quantity")]
    [InlineData(-1, "out_of_range", "quantity")]
    [InlineData(1_000_001, "out_of_range", "quantity")]
    [InlineData(1, "nothing_to_change", null)]
    public void A_quantity_has_bounds(int quantity, string code, string? field)
    {
        var refusal = Subscribed().Refuses(Ask.Quantity(quantity));

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData("storage", 0, "out_of_range")]
    [InlineData("storage", 1_000_001, "out_of_range")]
    [InlineData("sotrage", 1, "unknown_addon")]
    public void So_has_an_add_on(string id, int quantity, string code)
    {
        var refusal = Subscribed().Refuses(Ask.AddOns((id, quantity)));

        Assert.Equal((code, "addons"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void An_add_on_is_named_once() =>
        Assert.Equal("addon_twice", Subscribed().Refuses(Ask.AddOns(("storage", 1), ("support", 1), ("storage", 2))).Code);

    [Fact]
    public void The_order_in_which_add_ons_are_named_makes_no_difference()
    {
        var life = Subscribed(1, ("storage", 2), ("support", 1));

        Assert.Equal("nothing_to_change", life.Refuses(Ask.AddOns(("support", 1), ("storage", 2))).Code);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void A_recurrence_costs_a_hundred_times_the_dearest_offer_at_most(int quantity, bool refused)
    {
        var given = Given.Monthly(Domain.Billing.Money.OfferAmountMax);
        var life = given.At("2024-06-01T00:00");
        var order = ((SubscriptionCommand.Subscribe)life.Subscription()) with { Quantity = quantity };

        if (refused) Assert.Equal("price_too_high", life.Refuses(order).Code);
        else Assert.Equal(9_999_999_999_900, life.Tell(order).State.LifetimePaid);
    }

    [Fact]
    public void The_largest_order_of_the_dearest_offer_with_every_add_on_is_refused_and_does_not_overflow()
    {
        var most = Domain.Billing.Money.OfferAmountMax;
        var life = Given.Monthly(most)
            .OfOffer(o => o with { AddOns = [.. Enumerable.Range(0, Offer.AddOnsMax).Select(n => new AddOn($"a{n}", "A", most))] })
            .At("2024-06-01T00:00");
        ImmutableArray<AddOnQuantity> all = [
            .. Enumerable.Range(0, Offer.AddOnsMax).Select(n => new AddOnQuantity($"a{n}", Subscription.QuantityMax))];

        Assert.Equal(
            "price_too_high",
            life.Refuses(
                ((SubscriptionCommand.Subscribe)life.Subscription()) with { Quantity = Subscription.QuantityMax, AddOns = all }).Code);
    }

    [Fact]
    public void What_costs_only_by_its_add_ons_needs_a_payment_method_also_to_come_back()
    {
        var free = Team.OfOffer(o => o with { Amount = 0 });
        var life = free.At("2024-06-01T00:00").SubscribeWithoutMethod();
        Assert.Equal("payment_method_required", life.Refuses(Ask.AddOns(("support", 1))).Code);

        var blocked = free.At("2024-06-01T00:00");
        blocked.Tell(((SubscriptionCommand.Subscribe)blocked.Subscription()) with { AddOns = [new AddOnQuantity("support", 1)] });
        blocked.Bank.Says(Bank.Hard);
        blocked.To("2024-07-01T00:00").Tell(Ask.Cancel());
        Assert.Equal("payment_method_required", blocked.Refuses(Ask.Reactivate()).Code);
        Assert.Equal(SubscriptionStatus.Active, blocked.Tell(Ask.Reactivate(token: "tok_b")).Status);
    }
}
