using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The expected cost of the next recurrence, computed by the same code that will bill it.</summary>
/// <param name="Charge">Minor units that will be charged at its start: the full amount, or the first installment.</param>
/// <param name="Total">The sum of all installments; null if it is paid at once.</param>
internal readonly record struct Forecast(long Charge, long? Total)
{
    /// <summary>The recurrence that starts at <paramref name="at"/>. Usage after now is not included.</summary>
    public static Forecast Next(Draft draft, Instant at)
    {
        var state = draft.State;
        var terms = draft.Terms;
        var settled = InvoiceRules.WaitingAndUsage(state, terms, at);
        if (state.ScheduledChange is { } change)
        {
            terms = draft.ScheduledTerms!;
            state = state with
            {
                OfferId = change.OfferId, OfferVersion = change.OfferVersion, Quantity = change.Quantity, AddOns = change.AddOns,
            };
        }

        var period = new BillingPeriod(
            (state.CurrentPeriod?.Index ?? 0) + 1, at,
            BillingCalendar.Boundary(at.InZone(terms.Zone).LocalDateTime, terms.Plan.Interval, 1, terms.Zone));
        var invoice = InvoiceRules.Issue(state, terms, [.. InvoiceRules.RecurringLines(state, terms, period), .. settled]);
        var parts = RecurrenceRules.PartsOf(terms.Plan, invoice);
        return parts == 0
            ? new Forecast(Math.Max(0, invoice.Total), null)
            : new Forecast(Installments.PartOf(invoice.Total, parts, 1), invoice.Total);
    }
}
