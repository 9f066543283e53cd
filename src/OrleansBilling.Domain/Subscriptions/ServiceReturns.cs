using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>How much of money that goes back had paid for the service that runs: so much less of it counts as paid from then on.</summary>
internal static class ServiceReturns
{
    /// <summary>
    /// Of so much that names no line; null where the period of the invoice says it all: everything for the period that
    /// runs, nothing for an older one.
    /// </summary>
    public static long? Of(Draft draft, Invoice invoice, long amount)
    {
        if (invoice.Period.Index != draft.State.CurrentPeriod?.Index) return OfCarried(draft, invoice, amount);
        var service = Math.Min(amount, ServiceShare.Left(invoice));
        return service == amount ? null : service;
    }

    /// <summary>An older period's money that unused time carried into the one that runs goes last.</summary>
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

    /// <summary>What unused time of this period paid for the recurrence that runs.</summary>
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
