using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Testing.Audit;

/// <summary>One subscription, as its events tell it.</summary>
/// <param name="State">The fold of its events.</param>
/// <param name="Events">All that happened, in order.</param>
/// <param name="Invoices">The invoices that follow from it.</param>
public sealed record AuditedLife(Subscription State, IReadOnlyList<SubscriptionEvent> Events, IReadOnlyList<Invoice> Invoices)
{
    /// <summary>How often something happened.</summary>
    public int Count<T>()
        where T : SubscriptionEvent => Events.OfType<T>().Count();
}
