using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>How much of returned money had paid for the running service. The service counts as paid that much less from then on.</summary>
internal static class ServiceReturns
{
    /// <summary>
    /// The service's part of an amount that names no line. Null if it follows from the invoice's period: all of it for the
    /// running period, nothing for an older one.
    /// </summary>
    public static long? Of(Draft draft, Invoice invoice, long amount)
    {
        if (invoice.Period.Index != draft.State.CurrentPeriod?.Index) return OfCarried(draft, invoice, amount);
        var service = Math.Min(amount, ServiceShare.Left(invoice));
        return service == amount ? null : service;
    }

    /// <summary>An older period's money. The part that unused time carried into the running period is returned last.</summary>
    public static long? OfCarried(Draft draft, Invoice invoice, long amount)
    {
        var carried = CarriedFrom(draft, invoice.Period.Index);
        if (carried == 0) return null;
        var left = 0L;
        foreach (var one in draft.Invoices)
        {
            if (one.Period.Index == invoice.Period.Index) left += RefundRules.Left(one);
        }

        var touched = Math.Max(0, carried - (left - amount)) - Math.Max(0, carried - left);
        return touched == 0 ? null : touched;
    }

    /// <summary>What unused time of a period paid for the running recurrence.</summary>
    private static long CarriedFrom(Draft draft, int period)
    {
        var current = draft.State.CurrentPeriod?.Index;
        var before = 0;
        Invoice? recurrence = null;
        foreach (var invoice in draft.Invoices)
        {
            if (invoice.IsClosed) continue;
            if (invoice.Period.Index == current) recurrence ??= invoice;
            else if (invoice.Period.Index < current) before = Math.Max(before, invoice.Period.Index);
        }

        return recurrence is null || before != period ? 0 : ServiceShare.CarriedInto(recurrence);
    }
}
