using FsCheck;
using FsCheck.Fluent;
using OrleansBilling.Domain.Tests.Histories;

namespace OrleansBilling.Domain.Tests.Changes;

/// <summary>A preview equals the bill to the cent, for any market, day, discount, tax, usage, credit and debt.</summary>
public sealed class PreviewProperties
{
    private sealed record Case(int Market, int[] Steps, int Change);

    private static Gen<Case> Cases =>
        from market in Gen.Choose(0, int.MaxValue - 1)
        from length in Gen.Choose(0, 12)
        from steps in Gen.Choose(0, int.MaxValue - 1).ArrayOf(length)
        from change in Gen.Choose(0, int.MaxValue - 1)
        select new Case(market, steps, change);

    [Fact]
    public void A_change_now_costs_what_was_previewed()
    {
        var compared = 0;
        Properties.Hold(Cases, c => Holds(c, EffectiveAt.Now, ref compared), count: 2_000);
        Assert.True(compared > 400, $"only {compared} cases had something to compare");
    }

    [Fact]
    public void A_change_at_period_end_costs_what_was_previewed_if_nothing_else_happens()
    {
        var compared = 0;
        Properties.Hold(Cases, c => Holds(c, EffectiveAt.PeriodEnd, ref compared), count: 2_000);
        Assert.True(compared > 400, $"only {compared} cases had something to compare");
    }

    private static bool Holds(Case c, EffectiveAt at, ref int compared)
    {
        var (life, market) = RandomLife.Begin(new Script(c.Market, [.. c.Steps]));
        var dice = new Random(c.Change);
        var command = Ask.ChangePlan(
            RandomTerms.Pick(dice, market.Offers), at, dice.Next(3) == 0 ? dice.Next(1, 9) : null, dice.Next(2) == 0);
        var preview = life.Preview(command);

        life.Decide(Ask.Wake(), Caller.System);
        var from = life.Events.Count;
        if (life.Decide(command, By.Administrator).Refusal is { } refusal) return preview.Refusal == refusal;
        if (preview.Refusal is not null) return false;
        if (FirstInvoice(life, from) is null && !LivesOn(life)) return true;
        if (preview.Invoice is null) return FirstInvoice(life, from) is null;

        compared++;
        var (invoice, period) = FirstInvoice(life, from)!.Value;
        return preview.Invoice.Number == invoice.Number && Bills.Text(preview.Invoice) == Bills.Text(invoice)
            && preview.Invoice.Taxes.SequenceEqual(invoice.Taxes) && preview.Invoice.Parts == invoice.Parts && preview.Period == period;
    }

    /// <summary>Continues to the boundary if nothing is owed that might be paid or given up before it.</summary>
    private static bool LivesOn(Timeline life)
    {
        if (!life.State.OpenInvoices.IsEmpty || DueWork.BoundaryOf(life.State) is not { } boundary) return false;
        life.To(boundary);
        return true;
    }

    private static (IssuedInvoice Invoice, BillingPeriod Period)? FirstInvoice(Timeline life, int from)
    {
        foreach (var e in life.Events.Skip(from))
        {
            if (e is SubscriptionEvent.RecurrenceStarted started) return (started.Invoice, started.Period);
            if (e is SubscriptionEvent.InvoiceIssued issued) return (issued.Invoice, issued.Period);
        }

        return null;
    }
}
