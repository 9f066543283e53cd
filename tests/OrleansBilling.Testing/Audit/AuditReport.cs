using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Testing.Audit;

/// <summary>What an audit found to be right.</summary>
/// <param name="Lives">Every subscription by its id.</param>
/// <param name="LawsChecked">How much was looked at.</param>
public sealed record AuditReport(IReadOnlyDictionary<string, AuditedLife> Lives, long LawsChecked);

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
