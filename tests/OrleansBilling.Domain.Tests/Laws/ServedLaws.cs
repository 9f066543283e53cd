namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>
/// Paid = served + returned + credit, at every cancellation with a refund: what is kept is what was served. Served is computed
/// from the lines of the settled invoices, each by its own elapsed time, without the rules under test; unused time of a change
/// is a line that takes off the rest of an older one. Lives with another kind of decision (goodwill, chargebacks, an end
/// without a refund) have no such sum and are not checked.
/// </summary>
public static class ServedLaws
{
    /// <summary>Checks the law. Returns whether this life has such a sum.</summary>
    public static bool Hold(
        Timeline timeline, Subscription before, Subscription after, SubscriptionCommand.Cancel command, int eventsBefore, LawBook laws)
    {
        var earlier = timeline.Events.Take(eventsBefore).ToList();
        if (before.CurrentPeriod is null || !IsPlain(earlier, timeline) || before.OpenInvoices.Any(invoice => invoice.Paid > 0))
            return false;
        var paid = before.Before is { } unpaid &&
            timeline.Events.Skip(eventsBefore).OfType<SubscriptionEvent.ChangeVoided>().Any() ? unpaid.Period : before.CurrentPeriod;
        var until = command.Refund == CancellationRefund.Full ? paid.Start : before.ServedUntil(timeline.Now);
        var settled = timeline.Invoices.Where(invoice => invoice.Status == InvoiceStatus.Paid).ToDictionary(invoice => invoice.Number);
        var served = 0m;
        var lines = 0;
        foreach (var (invoice, period) in Issued(timeline.Events))
        {
            if (!settled.ContainsKey(invoice.Number)) continue;
            lines += invoice.Lines.Length;
            served += invoice.Lines.Sum(line => ServedOf(line, period, until));
        }

        var kept = after.LifetimePaid - after.Refunds.Sum(refund => refund.Amount) - after.Credit
            - after.WaitingLines.Sum(line => Math.Max(0, -line.Amount))
            - after.OpenInvoices.Where(invoice => invoice.Paid == 0).Sum(invoice => invoice.Gross - invoice.Total);
        laws.Require(Math.Abs(kept - served) <= lines + 3, $"what is kept ({kept}) is what was served ({served:0.##})");
        return true;
    }

    private static bool IsPlain(List<SubscriptionEvent> events, Timeline timeline) =>
        timeline.Terms.Product.Tax is not { Inclusive: false } && events.All(e => e is not (
            SubscriptionEvent.InvoiceReduced or SubscriptionEvent.ChargedBack or SubscriptionEvent.RefundRequested
            or SubscriptionEvent.BillingDateMoved or SubscriptionEvent.PeriodEndMoved { StoodStill: not null }
            or SubscriptionEvent.Reactivated { GoesOn: false } or SubscriptionEvent.CreditGranted
            or SubscriptionEvent.InvoiceIssued { Reason: InvoiceReason.UnusedService }));

    private static IEnumerable<(IssuedInvoice Invoice, BillingPeriod Period)> Issued(IReadOnlyList<SubscriptionEvent> events)
    {
        foreach (var e in events)
        {
            if (e is SubscriptionEvent.RecurrenceStarted started) yield return (started.Invoice, started.Period);
            if (e is SubscriptionEvent.InvoiceIssued { Reason: not InvoiceReason.UnusedService } issued)
                yield return (issued.Invoice, issued.Period);
        }
    }

    private static decimal ServedOf(InvoiceLine line, BillingPeriod period, Instant until)
    {
        if (line.Type == InvoiceLineType.CreditApplied) return 0;
        if (line.Type == InvoiceLineType.Usage) return line.Amount;
        var own = line.Type == InvoiceLineType.Installment ? period : line.Period ?? period;
        if (until >= own.End) return line.Amount;
        return until <= own.Start
            ? 0
            : line.Amount * (decimal)(until - own.Start).TotalSeconds / (decimal)(own.End - own.Start).TotalSeconds;
    }
}
