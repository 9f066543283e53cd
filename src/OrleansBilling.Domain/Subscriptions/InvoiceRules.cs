using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Composes every invoice in one place, so a preview, a renewal and a change cannot differ: price lines, then discounts, then
/// taxes (each rate rounded once), then credit.
/// </summary>
internal static class InvoiceRules
{
    /// <summary>Price of one period, before discounts and without added tax.</summary>
    public static long PriceOf(Offer offer, int quantity, ImmutableArray<AddOnQuantity> addOns)
    {
        var price = checked(offer.Amount * quantity);
        foreach (var bought in addOns)
        {
            if (offer.FindAddOn(bought.Id) is { } addOn) price = checked(price + addOn.Amount * bought.Quantity);
        }

        return price;
    }

    /// <summary>Whether an order will be charged, either for its price now or for usage later.</summary>
    public static bool MustPay(Offer offer, int quantity, ImmutableArray<AddOnQuantity> addOns) =>
        !offer.Meters.IsEmpty || PriceOf(offer, quantity, addOns) > 0;

    /// <summary>
    /// What the discounts take off <paramref name="price"/>, one after the other. Fixed amounts are scaled to the share of the period. A
    /// null index means the extra time by which a period was lengthened.
    /// </summary>
    public static long DiscountOn(Subscription state, string planId, int? index, long price, long share, long whole)
    {
        var left = price;
        foreach (var discount in state.Discounts)
        {
            if (discount.Covers(index, planId)) left -= Discounts.Of(Scaled(discount.Reduction, share, whole), left);
        }

        return price - left;
    }

    /// <summary>The lines of a recurrence without usage, including discounts. Their sum is the value of the service.</summary>
    public static ImmutableArray<InvoiceLine> RecurringLines(Subscription state, OfferTerms terms, BillingPeriod period)
    {
        var offer = terms.Offer;
        var fee = checked(offer.Amount * state.Quantity);
        if (state is { AddOns.IsEmpty: true, Discounts.IsEmpty: true } && terms.Plan.Installments == 1)
            return [new InvoiceLine(InvoiceLineType.Recurrence, fee, Description(state.Quantity))];

        var lines = ImmutableArray.CreateBuilder<InvoiceLine>();
        if (terms.Plan.Installments == 1) lines.Add(new InvoiceLine(InvoiceLineType.Recurrence, fee, Description(state.Quantity)));
        else AddParts(lines, fee, terms, period);
        foreach (var bought in state.AddOns)
        {
            if (offer.FindAddOn(bought.Id) is { } addOn)
                lines.Add(
                    new InvoiceLine(InvoiceLineType.Addon, checked(addOn.Amount * bought.Quantity), $"{addOn.Name} × {bought.Quantity}"));
        }

        var left = lines.Sum(line => line.Amount);
        foreach (var discount in state.Discounts)
        {
            if (!discount.Covers(period.Index, terms.Plan.Id)) continue;
            var off = Discounts.Of(discount.Reduction, left);
            left -= off;
            if (off > 0) lines.Add(new InvoiceLine(InvoiceLineType.Discount, -off, Name(discount)));
        }

        return lines.ToImmutable();
    }

    /// <summary>
    /// Lines that the next invoice takes over: the difference of a moved billing date, and the period's usage that is not billed
    /// yet.
    /// </summary>
    public static ImmutableArray<InvoiceLine> WaitingAndUsage(Subscription state, OfferTerms terms, Instant now)
    {
        if (state is { WaitingLines.IsEmpty: true, Usage.IsEmpty: true }) return [];

        // A trial includes its usage.
        if (state.Status == SubscriptionStatus.Trialing) return [];
        return [.. Waiting(state, now), .. UsageLedger.Bill(state, terms.Offer)];
    }

    /// <summary>The lines of a moved billing date, charged only for the time served so far.</summary>
    public static ImmutableArray<InvoiceLine> Waiting(Subscription state, Instant now)
    {
        if (state.WaitingLines.IsEmpty) return [];
        var lines = ImmutableArray.CreateBuilder<InvoiceLine>();
        foreach (var line in state.WaitingLines)
        {
            if (ServedBy(line, now) is { Amount: not 0 } served) lines.Add(served);
        }

        return lines.ToImmutable();
    }

    /// <summary>The due part of a waiting line: a credit in full, a charge for the time served so far; null if none was served.</summary>
    public static InvoiceLine? ServedBy(InvoiceLine line, Instant now)
    {
        var stretch = line.Period!;
        if (line.Amount < 0 || now >= stretch.End) return line;
        if (now <= stretch.Start) return null;
        var served = Money.MultiplyDivide(
            line.Amount, (now - stretch.Start).BclCompatibleTicks, (stretch.End - stretch.Start).BclCompatibleTicks);
        return line with { Amount = served, Period = stretch with { End = now } };
    }

    /// <summary>Adds taxes and credit and computes the total.</summary>
    public static IssuedInvoice Issue(Subscription state, OfferTerms terms, ImmutableArray<InvoiceLine> lines)
    {
        var sum = 0L;
        foreach (var line in lines) sum = checked(sum + line.Amount);
        var taxes = ImmutableArray<InvoiceTax>.Empty;
        if (terms.Product.Tax is { } policy)
        {
            taxes = Taxes.Of(policy, state.Customer.Country, sum);
            foreach (var tax in taxes)
            {
                if (tax.Inclusive) continue;
                sum = checked(sum + tax.Amount);
                lines = lines.Add(new InvoiceLine(InvoiceLineType.Tax, tax.Amount, tax.Name));
            }
        }

        var credit = Math.Min(state.Credit, Math.Max(0, sum));
        if (credit > 0) lines = lines.Add(new InvoiceLine(InvoiceLineType.CreditApplied, -credit, "Credit"));
        return new IssuedInvoice(state.InvoiceCount + 1, lines, sum - credit) { Taxes = taxes };
    }

    /// <summary>
    /// When dunning ends for an invoice that is overdue from the start because there is no usable payment method; null for any
    /// other.
    /// </summary>
    public static Instant? GiveUpAt(Draft draft, IssuedInvoice invoice)
    {
        var collectible = invoice.Total <= 0 || (draft.State.PaymentToken is not null && !draft.State.PaymentBlocked);
        return collectible ? null : RetrySchedule.WindowEnd(draft.Terms.Dunning, draft.Now, draft.Terms.Zone);
    }

    /// <summary>Issues an invoice that is not for a recurrence.</summary>
    public static void IssueExtra(Draft draft, SubscriptionEvent.InvoiceIssued issued) => draft.Add(issued with
    {
        GiveUpAt = GiveUpAt(draft, issued.Invoice), Postings = Postings.Issued(issued.Invoice),
    });

    /// <summary>A percentage applies to any share of a period; an amount is scaled like the price.</summary>
    private static PriceReduction Scaled(PriceReduction reduction, long share, long whole) =>
        reduction.Amount is { } amount ? new PriceReduction(null, Money.MultiplyDivide(amount, share, whole)) : reduction;

    private static void AddParts(ImmutableArray<InvoiceLine>.Builder lines, long fee, OfferTerms terms, BillingPeriod period)
    {
        var parts = terms.Plan.Installments;
        var from = period.Start.InZone(terms.Zone).LocalDateTime;
        for (var part = 1; part <= parts; part++)
        {
            var start = BillingCalendar.ToInstant(from.PlusMonths(part - 1), terms.Zone);
            var end = part == parts ? period.End : BillingCalendar.ToInstant(from.PlusMonths(part), terms.Zone);
            lines.Add(new InvoiceLine(
                InvoiceLineType.Installment, Installments.PartOf(fee, parts, part), $"Part {part} of {parts}",
                new BillingPeriod(period.Index, start, end)));
        }
    }

    private static string Description(int quantity) => quantity == 1 ? "Recurrence" : $"Recurrence × {quantity}";

    private static string Name(AppliedDiscount discount) => discount.Source switch
    {
        DiscountSource.Coupon => $"Coupon {discount.Code ?? discount.Id}",
        DiscountSource.Gift => "Gift",
        DiscountSource.Loyalty => "Loyalty reward",
        DiscountSource.Retention => $"Retention offer {discount.Id}",
        _ => throw new InvalidOperationException($"Unknown discount source: {discount.Source}."),
    };
}
