namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>Customers are notified once, in time, and correctly.</summary>
public sealed class NoticeLaws(LawBook laws)
{
    private (int Invoice, int Attempt)? reminded;

    public void Read(Subscription? before, SubscriptionEvent e)
    {
        switch (e)
        {
            case SubscriptionEvent.RenewalAlerted x:
                laws.Require(before!.AlertAt <= x.At, "an alert was due, and comes once");
                laws.Require(
                    x.RenewsAt == (before.Status == SubscriptionStatus.Trialing ? before.TrialEnd : before.CurrentPeriod!.End),
                    "an alert names the end of the period that runs");
                laws.Require(before.CancellationScheduled is null, "who has canceled is not told of a renewal");
                laws.Require(x.Amount >= 0, "nobody is told of a negative price");
                break;
            case SubscriptionEvent.TrialEndAnnounced x:
                laws.Require(before!.AnnounceAt <= x.At, "an end of a trial is announced when it is due, and once");
                laws.Require(
                    before.Status == SubscriptionStatus.Trialing && x.End == before.TrialEnd, "it is the end of a trial that runs");
                laws.Require(x.At < x.End, "it is announced ahead");
                break;
            case SubscriptionEvent.VoucherReminded x:
                laws.Require(reminded != (x.Invoice, x.Attempt), "a voucher has one reminder");
                laws.Require(!before!.HasEnded, "nobody is reminded to pay for what has ended");
                reminded = (x.Invoice, x.Attempt);
                break;
            default:
                break;
        }
    }
}
