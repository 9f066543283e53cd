using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>What the next recurrence will cost as things stand, composed by the code that will bill it.</summary>
internal static class Forecast
{
    /// <summary>Minor units that the recurrence starting at <paramref name="at"/> will ask for; usage that is still to come is not in it.</summary>
    public static long NextAmount(Draft draft, Instant at)
    {
        var state = draft.State;
        var terms = draft.Terms;
        var settled = InvoiceRules.WaitingAndUsage(state, terms, at);
        if (state.ScheduledChange is { } change)
        {
            terms = draft.ScheduledTerms!;
            state = state with { OfferId = change.OfferId, OfferVersion = change.OfferVersion, Quantity = change.Quantity, AddOns = change.AddOns };
        }

        var period = new BillingPeriod((state.CurrentPeriod?.Index ?? 0) + 1, at, BillingCalendar.Boundary(at.InZone(terms.Zone).LocalDateTime, terms.Plan.Interval, 1, terms.Zone));
        return Math.Max(0, InvoiceRules.Issue(state, terms, [.. InvoiceRules.RecurringLines(state, terms, period), .. settled]).Total);
    }
}
