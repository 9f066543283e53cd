using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Periods and their invoices, one each. Billing is in advance: the fee is due at the period's start. Usage follows in
/// arrears.
/// </summary>
internal static class RecurrenceRules
{
    /// <summary>
    /// Starts a period at <paramref name="start"/> with a new anchor: a first period, the end of a trial, a reactivation, a late
    /// recovery or another interval.
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

        // A time zone that skips a whole day (Pacific/Apia, 2011-12-30) gives a daily plan an empty period. That day is not
        // billed; a new anchor starts at the next day.
        if (end <= current.End) StartTerm(draft, current.End, how);
        else Start(draft, new BillingPeriod(index, current.End, end), null, how);
    }

    /// <summary>Whether the current period is the last one of the plan's fixed number of recurrences.</summary>
    public static bool IsLastOfTerm(Subscription state, Plan plan) =>
        state.CurrentPeriod is { } period && IsLastOfTerm(plan, period.Index, state.TermStartIndex);

    /// <summary>
    /// Ends the term after its last recurrence. Bills the remaining usage (<paramref name="settled"/>, or computed on the
    /// current terms) and completes the subscription unless something is still owed.
    /// </summary>
    public static void EndTerm(Draft draft, ImmutableArray<InvoiceLine>? settled = null)
    {
        FinalInvoiceRules.Issue(draft, settled);
        if (draft.State.OpenInvoices.IsEmpty) draft.Add(new SubscriptionEvent.Completed { At = draft.Now });
        else draft.Add(new SubscriptionEvent.TermEnded { At = draft.Now, UsageBilled = !draft.State.Usage.IsEmpty });
    }

    /// <summary>
    /// When to tell the customer that another recurrence follows at <paramref name="end"/>; null for never, or if that time is
    /// before <paramref name="start"/>.
    /// </summary>
    public static Instant? AlertAt(OfferTerms terms, Instant start, Instant end)
    {
        if (terms.Plan.AlertDays is not { } days) return null;
        var at = BillingCalendar.PlusDays(end, -days, terms.Zone);
        return at > start ? at : null;
    }

    /// <summary>As <see cref="AlertAt"/>, for a current period with a different end; also null if no recurrence follows.</summary>
    public static Instant? AlertBefore(Draft draft, Instant start, Instant end) =>
        IsLastOfTerm(draft.State, draft.Terms.Plan) ? null : AlertAt(draft.Terms, start, end);

    /// <summary>Monthly parts in which a recurrence's invoice is paid; 0 for all at once. No part is 0 minor units.</summary>
    public static int PartsOf(Plan plan, IssuedInvoice invoice) =>
        Math.Min(plan.Installments, invoice.Total) is > 1 and var many ? (int)many : 0;

    /// <summary>The calendar end of a period.</summary>
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

        (invoice, var money) = ServiceMoney.Bill(draft, invoice, value, how.Unused);
        var parts = PartsOf(draft.Terms.Plan, invoice);
        invoice = invoice with { Parts = parts };

        // Unused time that a change carries into a new term already counted when it was paid, even if it became credit since.
        var paidByCredit = value > 0 && invoice.Total <= 0 && !how.NewTerm;
        draft.Add(new SubscriptionEvent.RecurrenceStarted
        {
            At = draft.Now,
            Period = period,
            Anchor = anchor,
            Invoice = invoice,
            ServiceValue = value,
            ServiceMoney = money,
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

/// <param name="Given">Whether the seller gives the recurrence for free.</param>
/// <param name="NewTerm">Whether the count of recurrences restarts.</param>
/// <param name="Settled">Lines for the time before, priced on the old terms; null to compute them on the current terms.</param>
/// <param name="Unused">What a change left unused of the service before. It is among the settled lines.</param>
internal readonly record struct RecurrenceStart(
    bool Given = false, bool NewTerm = false, ImmutableArray<InvoiceLine>? Settled = null, UnusedService Unused = default);
