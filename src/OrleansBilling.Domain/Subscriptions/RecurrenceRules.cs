using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Periods and the one invoice of each. Billing is in advance: the fee is due at the period's start.</summary>
internal static class RecurrenceRules
{
    /// <summary>Starts counting periods at <paramref name="start"/>: first period, trial's end, reactivation, late recovery.</summary>
    public static void StartTerm(Draft draft, Instant start, bool given = false)
    {
        var index = (draft.State.CurrentPeriod?.Index ?? 0) + 1;
        var anchor = new BillingAnchor(start.InZone(draft.Terms.Zone).LocalDateTime, index);
        var end = BillingCalendar.Boundary(anchor.Local, draft.Terms.Plan.Interval, 1, draft.Terms.Zone);
        Start(draft, new BillingPeriod(index, start, end), anchor, given);
    }

    /// <summary>Starts the period that follows the current one.</summary>
    public static void StartNext(Draft draft)
    {
        var state = draft.State;
        var current = state.CurrentPeriod!;
        var index = current.Index + 1;
        var end = EndOf(state, index, draft.Terms);

        // A zone that skips a whole day (Pacific/Apia, 2011-12-30) leaves a daily plan a period without any time in it:
        // that day is not billed, and days are counted on from the next.
        if (end <= current.End) StartTerm(draft, current.End);
        else Start(draft, new BillingPeriod(index, current.End, end), null, given: false);
    }

    /// <summary>Whether the current period is the last that the plan's fixed number of recurrences allows.</summary>
    public static bool IsLastOfTerm(Subscription state, Plan plan) =>
        plan.Recurrences is { } recurrences && state.CurrentPeriod is { } period &&
        period.Index - state.TermStartIndex + 1 >= recurrences;

    /// <summary>The last recurrence is over: the term is completed, unless something is still owed.</summary>
    public static void EndTerm(Draft draft)
    {
        if (draft.State.OpenInvoices.IsEmpty) draft.Add(new SubscriptionEvent.Completed { At = draft.Now });
        else draft.Add(new SubscriptionEvent.TermEnded { At = draft.Now });
    }

    private static Instant EndOf(Subscription state, int index, OfferTerms terms) =>
        BillingCalendar.Boundary(state.Anchor!.Value, terms.Plan.Interval, index - state.AnchorIndex + 1, terms.Zone);

    private static void Start(Draft draft, BillingPeriod period, BillingAnchor? anchor, bool given)
    {
        var state = draft.State;
        var fee = draft.Terms.Offer.Amount;
        ImmutableArray<InvoiceLine> lines = given
            ? [new(InvoiceLineType.Recurrence, fee, "Recurrence"), new(InvoiceLineType.Discount, -fee, "Given on reactivation")]
            : [new(InvoiceLineType.Recurrence, fee, "Recurrence")];
        var total = given ? 0 : fee;
        var collectible = total == 0 || (state.PaymentToken is not null && !state.PaymentBlocked);
        draft.Add(new SubscriptionEvent.RecurrenceStarted
        {
            At = draft.Now,
            Period = period,
            Anchor = anchor,
            Invoice = new IssuedInvoice(state.InvoiceCount + 1, lines, total),
            GiveUpAt = collectible ? null : RetrySchedule.WindowEnd(draft.Terms.Dunning, draft.Now, draft.Terms.Zone),
            Postings = Postings.Issued(total),
        });
    }
}
