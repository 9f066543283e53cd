namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Who is counted (see "Statistics" in the domain's README). A subscriber is a subscription that has had a paid or given
/// period and has not ended: active, past due or paused. Given means free by gift, reward, credit, discount or price; a
/// trial is not given. It follows from the state alone, also from one that was stored long ago.
/// </summary>
public static class Population
{
    /// <summary>Whether it is a subscriber.</summary>
    public static bool IsSubscriber(Subscription? s) =>
        s is { Status: SubscriptionStatus.Active or SubscriptionStatus.PastDue or SubscriptionStatus.Paused } &&
        (s.PaidRecurrences > 0 || HasPartPaid(s) || HasGivenPeriod(s));

    /// <summary>Whether it is or was a subscriber, in this life or in one before.</summary>
    public static bool HasBeenSubscriber(Subscription? s) =>
        s is not null && (s.TrialStart is null ? s.StartedAt is not null : s.PaidRecurrences > 0 || s.HasSubscribed);

    /// <summary>
    /// Whether a state that no paid recurrence tells about has to remember that it is a subscriber: a trial was
    /// followed by a given period, or by a part that was paid.
    /// </summary>
    internal static bool MustRemember(Subscription s) =>
        s is { TrialStart: not null, PaidRecurrences: 0, HasSubscribed: false } && IsSubscriber(s);

    /// <summary>Whether a canceled subscription left the population with its cancellation.</summary>
    public static bool WasCanceledAsSubscriber(Subscription s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return s is { Status: SubscriptionStatus.Canceled, EndedUnserved: false } && HasBeenSubscriber(s);
    }

    /// <summary>Whether nothing was paid for the period that runs.</summary>
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

    /// <summary>While nothing was ever paid, each period so far has its open invoice, save for those that cost nothing.</summary>
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
