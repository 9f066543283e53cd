namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Which subscriptions count as subscribers (see "Statistics" in the domain's README). A subscriber has had a paid or given
/// period and has not ended: it is active, past due or paused. "Given" means free by gift, reward, credit, discount or
/// price; a trial is not given. All of this is computed from the state alone, even from states stored long ago.
/// </summary>
public static class Population
{
    public static bool IsSubscriber(Subscription? s) =>
        s is { Status: SubscriptionStatus.Active or SubscriptionStatus.PastDue or SubscriptionStatus.Paused } &&
        (s.PaidRecurrences > 0 || HasPartPaid(s) || HasGivenPeriod(s));

    /// <summary>Whether it is or was a subscriber, also before an earlier end.</summary>
    public static bool HasBeenSubscriber(Subscription? s) =>
        s is not null && (s.TrialStart is null ? s.StartedAt is not null : s.PaidRecurrences > 0 || s.HasSubscribed);

    /// <summary>
    /// Whether the state must store that it is a subscriber because no paid recurrence shows it: after a trial came a given
    /// period or a paid installment.
    /// </summary>
    internal static bool MustRemember(Subscription s) =>
        s is { TrialStart: not null, PaidRecurrences: 0, HasSubscribed: false } && IsSubscriber(s);

    /// <summary>Whether a canceled subscription was a subscriber until its cancellation.</summary>
    public static bool WasCanceledAsSubscriber(Subscription s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return s is { Status: SubscriptionStatus.Canceled, EndedUnserved: false } && HasBeenSubscriber(s);
    }

    /// <summary>Whether nothing was paid for the running period.</summary>
    internal static bool OwesCurrentPeriod(Subscription s)
    {
        foreach (var invoice in s.OpenInvoices)
        {
            if (invoice is { Extra: false, Paid: 0 } && invoice.Period.Index == s.CurrentPeriod?.Index) return true;
        }

        return false;
    }

    private static bool HasPartPaid(Subscription s)
    {
        foreach (var invoice in s.OpenInvoices)
        {
            if (invoice.Paid > 0) return true;
        }

        return false;
    }

    /// <summary>If nothing was ever paid, every period that was not free has an open invoice. Fewer invoices mean a given period.</summary>
    private static bool HasGivenPeriod(Subscription s)
    {
        if (s.CurrentPeriod is not { } period) return false;
        var owed = 0;
        foreach (var invoice in s.OpenInvoices)
        {
            if (!invoice.Extra) owed++;
        }

        return owed < period.Index;
    }
}
