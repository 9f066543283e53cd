namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>No amount is lost or created: credit is recomputed from the lines of invoices, without the postings.</summary>
public sealed class CreditLaws(LawBook laws)
{
    private readonly Dictionary<int, long> usedUp = [];
    private long granted;
    private long consumed;
    private long chargedBack;
    private long roundings;

    public void Read(SubscriptionEvent e)
    {
        switch (e)
        {
            case SubscriptionEvent.RecurrenceStarted x:
                Issue(x.Invoice);
                break;
            case SubscriptionEvent.InvoiceIssued x:
                Issue(x.Invoice);
                break;
            case SubscriptionEvent.CreditGranted x:
                granted += x.Amount;
                break;
            case SubscriptionEvent.ChargedBack x:
                consumed += x.CreditTaken;
                chargedBack += x.Amount;
                break;
            case SubscriptionEvent.ChargebackClosed x:
                consumed -= x.CreditReturned;
                chargedBack -= x.Amount;
                break;
            case SubscriptionEvent.ChangeVoided x:
                Close(x.Closed);
                break;
            case SubscriptionEvent.Canceled x:
                foreach (var closed in x.Closed) Close(closed);
                break;
            case SubscriptionEvent.Expired x:
                foreach (var closed in x.Closed) Close(closed);
                break;
            case SubscriptionEvent.InvoiceClosed x:
                Close(x.Closed);
                break;
            default:
                break;
        }
    }

    public void Hold(Subscription state)
    {
        laws.Require(granted - consumed == state.Credit, "what was granted is what was consumed and what is left");

        // Money that banks took back may have been spent as credit before. Each tax of a credit is rounded separately.
        var waiting = state.WaitingLines.Sum(line => Math.Max(0, -line.Amount));
        var standing = state.Credit + waiting + state.OpenInvoices.Where(invoice => invoice.Paid == 0)
            .Sum(invoice => invoice.Gross - invoice.Total);
        var held = state.LifetimePaid - state.Refunds.Sum(refund => refund.Amount) + chargedBack + roundings;
        laws.Require(standing <= held, $"all credit ({standing}) is money that was collected and is still here ({held})");

        if (state is not { HasEnded: false, ServiceMoney: { } money } || state.FindOpenInvoice(state.ServiceInvoice) is not null) return;
        var behind = Math.Max(0, money - state.ServiceReturned);
        laws.Require(
            standing + behind <= held, $"the money behind the service ({behind}) and all credit ({standing}) were collected ({held})");
    }

    private void Issue(IssuedInvoice invoice)
    {
        var applied = -invoice.Lines.Where(line => line.Type == InvoiceLineType.CreditApplied).Sum(line => line.Amount);
        laws.Require(applied >= 0 && applied <= granted - consumed, "no more credit is used up than there is");
        laws.Require(applied == 0 || invoice.Total >= 0, "credit pays, it does not add to credit");
        usedUp[invoice.Number] = applied;
        consumed += applied;
        granted += Math.Max(0, -invoice.Total);
        if (invoice.Lines.Any(line => line.Type == InvoiceLineType.ProrationCredit)) roundings += invoice.Taxes.Length;
    }

    private void Close(ClosedInvoice closed)
    {
        laws.Require(usedUp.Remove(closed.Invoice, out var applied), "an invoice is closed once");
        laws.Require(closed.Credit <= applied, "an invoice gives back no more credit than it used up");
        consumed -= closed.Credit;
    }
}
