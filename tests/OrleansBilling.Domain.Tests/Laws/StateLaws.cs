namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>What no state may look like after a decision.</summary>
public static class StateLaws
{
    public static void Hold(Subscription state, LawBook laws)
    {
        laws.Require(
            state.Declines.GroupBy(declined => declined.Token).All(method => method.Count() <= RetrySchedule.AttemptsMax),
            "no payment method is declined more often than is allowed");
        laws.Require(state.OpenInvoices.Length <= Subscription.OpenInvoicesMax, "what is owed has a bound");
        laws.Require(state.LifetimePaid >= 0, "no more is given back than was collected");
        laws.Require(state.OpenInvoices.All(invoice => invoice.Total > 0), "an open invoice owes something");
        laws.Require(
            state.Charge is not { } charge || state.FindOpenInvoice(charge.Invoice) is not null, "a charge in flight has its open invoice");
        laws.Require(state.Credit >= 0, "credit is never negative");
        laws.Require(state.OpenInvoices.All(invoice => invoice.Paid < invoice.Total), "what is paid is not open");
        laws.Require(state.Usage.Select(reading => reading.Meter).Distinct().Count() == state.Usage.Length, "a meter has one reading");
        laws.Require(state.Discounts.Length <= 20, "discounts have a bound");

        if (state is { IsCurrent: true, CancellationScheduled: { } scheduled })
            laws.Require(scheduled.At == state.CurrentPeriod!.End, "a scheduled cancellation falls on the period's end");

        switch (state.Status)
        {
            case SubscriptionStatus.Active:
                laws.Require(!state.HasOverdue, "active means that nothing is overdue");
                laws.Require(DueWork.Next(state) is not null, "an active subscription wakes again");
                break;
            case SubscriptionStatus.PastDue:
                laws.Require(state.HasOverdue, "past due means that something is overdue");
                break;
            case SubscriptionStatus.Pending or SubscriptionStatus.Trialing:
                laws.Require(DueWork.Next(state) is not null, "what has not begun wakes again");
                break;
            case SubscriptionStatus.Paused:
                laws.Require(state.PauseReason is not null, "a pause has a reason");
                break;
            case SubscriptionStatus.Canceled:
                laws.Require(state is { CanceledAt: not null, Cancellation: not null }, "a cancellation has its instant and origin");
                break;
            default:
                break;
        }

        if (state.HasEnded) HoldEnded(state, laws);
        else laws.Require(NothingIsForgotten(state), "whatever is owed is tried, waits, is exhausted, or stands still");
    }

    private static void HoldEnded(Subscription state, LawBook laws)
    {
        laws.Require(state.CancellationScheduled is null, "what has ended has no cancellation ahead");
        laws.Require(
            state.OpenInvoices.Length <= 2 &&
                state.OpenInvoices.All(invoice => invoice.Number == state.Charge?.Invoice || (invoice.Extra && state.Charge is not null)),
            "what has ended owes only what is in flight, and a last invoice that waits for that");
        laws.Require(
            DueWork.Next(state) is not { } due || due.Kind is DueKind.AskCharge or DueKind.AskRefund or DueKind.RemindOfVoucher,
            "what has ended wakes for outcomes only");
    }

    /// <summary>An open invoice without a next step would never be collected or given up.</summary>
    private static bool NothingIsForgotten(Subscription state) =>
        state.Status == SubscriptionStatus.Paused || state.OpenInvoices.All(invoice =>
            invoice.NextAttemptAt is not null || invoice.GiveUpAt is not null || invoice.Exhausted ||
                invoice.Number == state.Charge?.Invoice);
}
