using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>
/// What no history may contain: two invoices for a period, a gap between periods, two charges at once. Checked event by event.
/// </summary>
public sealed class HistoryLaws(Func<string, int, OfferTerms> catalog, LawBook laws)
{
    private static readonly ImmutableSortedDictionary<string, string> Empty = ImmutableSortedDictionary<string, string>.Empty;

    private readonly Dictionary<int, int> attempts = [];
    private readonly Dictionary<int, long> owed = [];
    private readonly HashSet<(int, int)> givenUp = [];
    private OfferTerms terms = null!;
    private int invoices;
    private Instant last = Instant.MinValue;
    private BillingPeriod? period;
    private BillingAnchor? anchor;
    private (int Invoice, int Attempt)? charge;
    private bool ended;
    private readonly List<Instant> declines = [];
    private string? method;
    private ImmutableSortedDictionary<string, string>? metadata;
    private int messages;
    private string? chargedMethod;
    private bool newTerm;
    private bool stoodStill;
    private int lastUsage;
    private int recurrences;
    private bool changedWithin;
    private int service;
    private Undone? undone;

    private static string? TextIn(SubscriptionEvent e) => e switch
    {
        SubscriptionEvent.CancellationScheduled x => x.Cancellation.Comment,
        SubscriptionEvent.Canceled x => x.Cancellation.Comment,
        SubscriptionEvent.RefundRequested x => x.Reason,
        SubscriptionEvent.CreditGranted x => x.Reason,
        SubscriptionEvent.ChargedBack x => x.Reason,
        _ => null,
    };

    public void Read(SubscriptionEvent e)
    {
        laws.Require(e.At >= last, "events are in order of time");
        last = e.At;
        laws.Require(TextIn(e) is null or "cancellation" or "never_served" or "late_payment", "no event has the text of a person");
        switch (e)
        {
            case SubscriptionEvent.Subscribed x:
                method = x.PaymentToken;
                metadata = x.Metadata;
                terms = catalog(x.OfferId, x.OfferVersion);
                break;
            case SubscriptionEvent.PlanChanged x:
                laws.Require(!ended, "what has ended does not change");
                undone = x.Carried is null ? null : new Undone(invoices + 1, service, period!, anchor!, recurrences, changedWithin);
                terms = catalog(x.OfferId, x.OfferVersion);
                changedWithin = true;
                break;
            case SubscriptionEvent.InvoiceIssued x:
                ReadInvoice(x.Invoice);
                if (x.ServedFrom is not null) service = x.Invoice.Number;
                if (x.Reason == InvoiceReason.FinalUsage) lastUsage = x.Invoice.Number;
                break;
            case SubscriptionEvent.ChangeVoided x:
                Undo(x.Closed);
                laws.Require(period == x.Period, "what goes on is the period that was really paid");
                break;
            case SubscriptionEvent.InvoiceClosed x:
                Undo(x.Closed);
                break;
            case SubscriptionEvent.VoucherWithdrawn x:
                laws.Require(charge == (x.Invoice, x.Attempt), "what is withdrawn was waiting");
                charge = null;
                break;
            case SubscriptionEvent.InvoiceReduced x:
                owed[x.Invoice] -= x.Amount;
                break;
            case SubscriptionEvent.PeriodEndMoved x:
                anchor = x.Anchor ?? anchor;
                period = period! with { End = x.End };
                laws.Require(period.End >= period.Start, "a period is cut off no earlier than at its start");
                break;
            case SubscriptionEvent.BillingDateChanged x:
                anchor = x.Anchor;
                period = period! with { End = x.End };
                laws.Require(x.End > x.At, "a billing date lies ahead");
                break;
            case SubscriptionEvent.PaymentMethodChanged x:
                if (x.Token != method) declines.Clear();
                method = x.Token;
                break;
            case SubscriptionEvent.MetadataChanged x:
                laws.Require(x.Metadata is null or { Count: > 0 and <= Subscription.MetadataPairsMax }, "metadata has a limit");
                laws.Require(
                    !(metadata ?? Empty).SequenceEqual(x.Metadata ?? Empty), "metadata that stays as it is makes no event");
                metadata = x.Metadata;
                break;
            case SubscriptionEvent.MessageSent x:
                laws.Require(x.Message.Length > 0 && ++messages <= MessageRules.MessagesMax, "messages have ids and a limit");
                break;
            case SubscriptionEvent.RecurrenceStarted x:
                ReadPeriod(x);
                break;
            case SubscriptionEvent.BillingDateMoved x:
                laws.Require(!ended, "what has ended has no billing date to be moved");
                anchor = x.Anchor;
                period = period! with { End = x.PeriodEnd };
                laws.Require(
                    x.Anchor.Index == period.Index && period.End > period.Start, "the billing date moves the current period's end");
                break;
            case SubscriptionEvent.ChargeRequested x:
                laws.Require(charge is null, "there are never two charges in flight");
                laws.Require(!ended || x.Invoice == lastUsage, "nothing is charged after the end but the last usage");
                laws.Require(x.Attempt == attempts.GetValueOrDefault(x.Invoice) + 1, "attempts are counted without a gap");
                laws.Require(x.Amount > 0 && x.Amount <= owed[x.Invoice], "no more is charged than is owed");
                laws.Require(x.Token == method, "the present payment method is charged");
                laws.Require(
                    declines.Count(at => at > x.At - RetrySchedule.AttemptWindow) < RetrySchedule.AttemptsMax,
                    "a payment method that was declined 20 times in 30 days is not tried");
                attempts[x.Invoice] = x.Attempt;
                charge = (x.Invoice, x.Attempt);
                chargedMethod = x.Token;
                break;
            case SubscriptionEvent.ChargeSucceeded x:
                laws.Require(
                    charge == (x.Invoice, x.Attempt) || givenUp.Contains((x.Invoice, x.Attempt)),
                    "what succeeds was in flight, or a voucher that expired");
                owed[x.Invoice] -= x.Amount;

                // What a change left of an older invoice is credit once that is paid, so the change stands.
                if (undone?.Invoice == x.Invoice || (undone?.Service == x.Invoice && owed[x.Invoice] == 0)) undone = null;
                laws.Require(owed[x.Invoice] >= 0, "never more is collected than is owed");
                if (charge == (x.Invoice, x.Attempt)) charge = null;
                break;
            case SubscriptionEvent.ChargeDeclined x:
                laws.Require(charge == (x.Invoice, x.Attempt), "what is declined was in flight");
                if (chargedMethod == method) declines.Add(x.At);
                givenUp.Add((x.Invoice, x.Attempt));
                charge = null;
                break;
            case SubscriptionEvent.Canceled x:
                foreach (var closed in x.Closed) Undo(closed);
                laws.Require(!ended, "it ends once");
                ended = true;
                break;
            case SubscriptionEvent.Expired or SubscriptionEvent.Completed:
                laws.Require(!ended, "it ends once");
                ended = true;
                break;
            case SubscriptionEvent.Paused:
                stoodStill = true;
                break;
            case SubscriptionEvent.Reactivated x:
                laws.Require(ended, "only what has ended is reactivated");
                ended = false;
                newTerm = !x.GoesOn;
                break;
            default:
                break;
        }
    }

    /// <summary>An unpaid change counts as if it had not happened: its period starts again.</summary>
    private void Undo(ClosedInvoice closed)
    {
        if (undone is not { } change || change.Invoice != closed.Invoice) return;
        (service, period, anchor) = (change.Service, change.Period, change.Anchor);
        (recurrences, changedWithin) = (change.Recurrences, change.ChangedWithin);
        undone = null;
    }

    private sealed record Undone(int Invoice, int Service, BillingPeriod Period, BillingAnchor Anchor, int Recurrences, bool ChangedWithin);

    private void ReadPeriod(SubscriptionEvent.RecurrenceStarted e)
    {
        laws.Require(!ended, "nothing is invoiced after the end");
        laws.Require(e.Period.Index == (period?.Index ?? 0) + 1, "each period index comes once, in order");
        ReadInvoice(e.Invoice);
        service = e.Invoice.Number;
        if (undone?.Invoice != e.Invoice.Number) undone = null;
        laws.Require(e.Period.Start < e.Period.End, "a period is not empty");
        laws.Require(e.Period.Start <= e.At, "a period is invoiced when it has started, never before");
        if (period is not null && !newTerm)
        {
            laws.Require(
                e.Period.Start == period.End || (stoodStill && e.Period.Start > period.End),
                "periods tile without gap or overlap, pauses excepted");
        }

        changedWithin &= !newTerm && !e.NewTerm;
        recurrences = newTerm || e.NewTerm ? 1 : recurrences + 1;
        if (!changedWithin)
            laws.Require(terms.Plan.Recurrences is not { } most || recurrences <= most, "a term has no more recurrences than the plan");
        anchor = e.Anchor ?? anchor;
        laws.Require(EndByCalendar(e.Period.Index) == e.Period.End, "a period ends at its boundary, counted from the raw anchor");
        period = e.Period;
        newTerm = false;
        stoodStill = false;
    }

    private void ReadInvoice(IssuedInvoice invoice)
    {
        laws.Require(invoice.Number == ++invoices, "invoices are numbered without a gap");
        laws.Require(invoice.Lines.Sum(line => line.Amount) == invoice.Total, "the lines sum to the total");
        laws.Require(
            invoice.Taxes.Where(tax => !tax.Inclusive)
                .Sum(tax => tax.Amount) == invoice.Lines.Where(line => line.Type == InvoiceLineType.Tax).Sum(line => line.Amount),
            "added taxes are lines");
        owed[invoice.Number] = Math.Max(0, invoice.Total);
    }

    private Instant EndByCalendar(int index) =>
        BillingCalendar.Boundary(anchor!.Local, terms.Plan.Interval, index - anchor.Index + 1, terms.Zone);
}
