using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>Finds the stretches of a history that belong to one period, from the events other than usage.</summary>
/// <param name="index">The period's index.</param>
internal sealed class UsageStretches(int index)
{
    private readonly ImmutableArray<UsageStretch>.Builder found = ImmutableArray.CreateBuilder<UsageStretch>();
    private BillingPeriod? period;
    private long? first;
    private long? cleared;
    private bool isKnown;

    /// <summary>Goes on to the next event, with the subscription before and after it.</summary>
    public void Pass(long sequence, SubscriptionEvent e, Subscription? before, Subscription after)
    {
        var current = after.CurrentPeriod;
        if ((current?.Index ?? UsageReader.BeforePeriods) == index)
        {
            // A period may be replaced by one with the same index, if the first one was voided: the latest counts.
            (isKnown, period) = (true, current);
            if (first is null) (first, cleared) = (sequence, null);
            else if (Clears(e) || EndsTrial(before, after)) cleared ??= sequence;
        }
        else if (first is { } begun)
        {
            found.Add(new UsageStretch(begun, sequence - 1));
            first = null;
        }
    }

    /// <summary>The period after the last event; null if the subscription never was in it.</summary>
    public UsagePeriod? End(long version)
    {
        if (!isKnown) return null;
        if (first is { } begun) found.Add(new UsageStretch(begun, version));
        return new UsagePeriod(index, period, found.ToImmutable(), cleared - 1 ?? found[^1].Last);
    }

    /// <summary>The usage of a trial is dropped when the trial ends, also if no period follows.</summary>
    private static bool EndsTrial(Subscription? before, Subscription after) =>
        before?.Status == SubscriptionStatus.Trialing && after.Status != SubscriptionStatus.Trialing;

    private static bool Clears(SubscriptionEvent e) => e switch
    {
        SubscriptionEvent.RecurrenceStarted x => x.UsageBilled,
        SubscriptionEvent.InvoiceIssued x => x.UsageBilled,
        SubscriptionEvent.TermEnded x => x.UsageBilled,
        _ => false,
    };
}
