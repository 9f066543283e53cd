using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Periods and the one invoice of each. Billing is in advance: the fee is due at the period's start; usage follows in
/// arrears.
/// </summary>
internal static class RecurrenceRules
{
    /// <summary>
    /// Starts counting periods at <paramref name="start"/>: first period, trial's end, reactivation, late recovery,
    /// other interval.
    /// </summary>
    public static void StartTerm(Draft draft, Instant start, RecurrenceStart how = default)
    {
        var index = (draft.State.CurrentPeriod?.Index ?? 0) + 1;
        var anchor = new BillingAnchor(start.InZone(draft.Terms.Zone).LocalDateTime, index);
        var end = BillingCalendar.Boundary(anchor.Local, draft.Terms.Plan.Interval, 1, draft.Terms.Zone);
        Start(draft, new BillingPeriod(index, start, end), anchor, how);
    }

    /// <summary>Starts the period that follows the current one.</summary>
    public static void StartNext(Draft draft, RecurrenceStart how = default)
    {
        var state = draft.State;
        var current = state.CurrentPeriod!;
        var index = current.Index + 1;
        var end = EndOf(state, index, draft.Terms);

        // A zone that skips a whole day (Pacific/Apia, 2011-12-30) leaves a daily plan a period without any time in it:
        // that day is not billed, and days are counted on from the next.
        if (end <= current.End) StartTerm(draft, current.End, how);
        else Start(draft, new BillingPeriod(index, current.End, end), null, how);
    }

    /// <summary>Whether the current period is the last that the plan's fixed number of recurrences allows.</summary>
    public static bool IsLastOfTerm(Subscription state, Plan plan) =>
        state.CurrentPeriod is { } period && IsLastOfTerm(plan, period.Index, state.TermStartIndex);

    /// <summary>
    /// The last recurrence is over: what was used (<paramref name="settled"/>, or what the present terms make of it) is
    /// billed, and the term is completed, unless something is still owed.
    /// </summary>
    public static void EndTerm(Draft draft, ImmutableArray<InvoiceLine>? settled = null)
    {
        FinalInvoiceRules.Issue(draft, settled);
        if (draft.State.OpenInvoices.IsEmpty) draft.Add(new SubscriptionEvent.Completed { At = draft.Now });
        else draft.Add(new SubscriptionEvent.TermEnded { At = draft.Now, UsageBilled = !draft.State.Usage.IsEmpty });
    }

    /// <summary>
    /// When the customer is to be told that what ends then is followed by another recurrence; null for never, or if
    /// that time is over.
    /// </summary>
    public static Instant? AlertAt(OfferTerms terms, Instant start, Instant end)
    {
        if (terms.Plan.AlertDays is not { } days) return null;
        var at = BillingCalendar.PlusDays(end, -days, terms.Zone);
        return at > start ? at : null;
    }

    /// <summary>The same for the current period with an end of its own; null also where no recurrence follows.</summary>
    public static Instant? AlertBefore(Draft draft, Instant start, Instant end) =>
        IsLastOfTerm(draft.State, draft.Terms.Plan) ? null : AlertAt(draft.Terms, start, end);

    /// <summary>Monthly parts in which the invoice of a recurrence is paid; 0 for at once. No part is of nothing.</summary>
    public static int PartsOf(Plan plan, IssuedInvoice invoice) =>
        Math.Min(plan.Installments, invoice.Total) is > 1 and var many ? (int)many : 0;

    /// <summary>When a period ends by the calendar.</summary>
    public static Instant EndOf(Subscription state, int index, OfferTerms terms) =>
        BillingCalendar.Boundary(state.Anchor!.Value, terms.Plan.Interval, index - state.AnchorIndex + 1, terms.Zone);

    private static bool IsLastOfTerm(Plan plan, int index, int termStartIndex) =>
        plan.Recurrences is { } recurrences && index - termStartIndex + 1 >= recurrences;

    private static void Start(Draft draft, BillingPeriod period, BillingAnchor? anchor, RecurrenceStart how)
    {
        var state = draft.State;
        var service = InvoiceRules.RecurringLines(state, draft.Terms, period);
        var value = 0L;
        foreach (var line in service) value += line.Amount;
        if (how.Given)
        {
            service = service.Add(new InvoiceLine(InvoiceLineType.Discount, -value, "Given on reactivation"));
            value = 0;
        }

        var usage = how.Settled ?? InvoiceRules.WaitingAndUsage(state, draft.Terms, period.Start);
        var invoice = InvoiceRules.Issue(state, draft.Terms, usage.IsEmpty ? service : service.AddRange(usage));

        var parts = PartsOf(draft.Terms.Plan, invoice);
        invoice = invoice with { Parts = parts };

        // Unused time that a change carries into a new term was counted when it was paid, also where it had become credit meanwhile.
        var paidByCredit = value > 0 && invoice.Total <= 0 && !how.NewTerm;
        draft.Add(new SubscriptionEvent.RecurrenceStarted
        {
            At = draft.Now,
            Period = period,
            Anchor = anchor,
            Invoice = invoice,
            ServiceValue = value,
            UsageBilled = !state.Usage.IsEmpty,
            NewTerm = how.NewTerm,
            PaidByCredit = paidByCredit,
            AlertAt = IsLastOfTerm(draft.Terms.Plan, period.Index, how.NewTerm ? period.Index : state.TermStartIndex)
                ? null
                : AlertAt(draft.Terms, period.Start, period.End),
            GiveUpAt = InvoiceRules.GiveUpAt(draft, invoice),
            PartsFrom = parts == 0 ? null : period.Start.InZone(draft.Terms.Zone).LocalDateTime,
            Postings = Postings.Issued(invoice),
        });
        if (paidByCredit) DiscountRules.EarnReward(draft);
    }
}

/// <summary>How a recurrence starts.</summary>
/// <param name="Given">Whether the seller gives it away.</param>
/// <param name="NewTerm">Whether counting of recurrences starts over with it.</param>
/// <param name="Settled">Lines for what came before, priced on the terms of then; null for what the present terms make of it.</param>
internal readonly record struct RecurrenceStart(bool Given = false, bool NewTerm = false, ImmutableArray<InvoiceLine>? Settled = null);
