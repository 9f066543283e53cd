namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>The parties' shares of a charge sum to the money collected without tax, and what goes back is given back.</summary>
public sealed class SplitLaws(LawBook laws)
{
    private readonly Dictionary<(int Invoice, int Attempt), Dictionary<string, long>> shares = [];
    private readonly Dictionary<(int Invoice, int Refund), int> attempts = [];
    private int failed;

    public void Read(SubscriptionEvent e)
    {
        switch (e)
        {
            case SubscriptionEvent.ChargeSucceeded x:
                Move((x.Invoice, x.Attempt), x.Postings);
                laws.Require(shares[(x.Invoice, x.Attempt)].Values.Sum() <= x.Amount, "no more is shared out than was collected");
                laws.Require(shares[(x.Invoice, x.Attempt)].Values.All(share => share > 0), "nobody owes for a charge");
                break;
            case SubscriptionEvent.LatePaymentReceived x:
                Move((x.Invoice, x.Attempt), x.Postings);
                laws.Require(shares[(x.Invoice, x.Attempt)].Count == 0, "money that nobody owed is nobody's share");
                break;
            case SubscriptionEvent.RefundRequested x:
                attempts[(x.Invoice, x.Refund)] = x.ChargeAttempt;
                laws.Require(x.Amount > 0 && x.Tax >= 0 && x.Tax <= x.Amount, "what goes back is something, and its tax a part of it");
                break;
            case SubscriptionEvent.RefundFailed:
                failed++;
                break;
            case SubscriptionEvent.RefundSucceeded x:
                Move((x.Invoice, attempts[(x.Invoice, x.Refund)]), x.Postings);
                break;
            case SubscriptionEvent.CreditGranted x:
                Move((x.Invoice, x.ChargeAttempt), x.Postings);
                break;
            case SubscriptionEvent.ChargedBack x:
                Move((x.Invoice, x.Attempt), x.Postings);
                break;
            case SubscriptionEvent.ChargebackClosed x:
                Move((x.Invoice, x.Attempt), x.Postings);
                break;
            default:
                break;
        }
    }

    public void Hold(IReadOnlyList<Invoice> invoices, Subscription state)
    {
        foreach (var invoice in invoices)
        {
            var inFlight = state.Refunds.Any(refund => refund.Invoice == invoice.Number);
            foreach (var capture in invoice.Captures)
            {
                var left = shares[(invoice.Number, capture.Attempt)].Values;
                laws.Require(left.All(share => share >= 0), "nobody gives back more than it got");
                HoldKept(capture, left.Sum(), inFlight);
                laws.Require(
                    inFlight || capture.Left > 0 || left.All(share => share == 0), "when all the money is back, so is every share");
            }
        }
    }

    /// <summary>The parties keep what is left of the charge. Its tax leaves at most a unit, and one per refund that failed.</summary>
    private void HoldKept(Capture capture, long kept, bool inFlight)
    {
        if (inFlight || capture.Late) return;
        var got = capture.Shares.Sum(share => share.Amount);
        var expected = (long)((Int128)got * capture.Left / capture.Amount);
        laws.Require(
            got == capture.Amount ? kept == expected : Math.Abs(kept - expected) <= 1 + failed,
            "what the parties keep is what is left of the charge");
    }

    private void Move((int Invoice, int Attempt) charge, IReadOnlyList<Posting> postings)
    {
        if (!shares.TryGetValue(charge, out var parties)) parties = shares[charge] = [];
        foreach (var posting in postings.Where(posting => posting.Party is not null))
            parties[posting.Party!] = parties.GetValueOrDefault(posting.Party!) - posting.Amount;
    }
}
