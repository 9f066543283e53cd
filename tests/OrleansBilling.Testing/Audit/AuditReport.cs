using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Testing.Audit;

/// <summary>The result of an audit that found no broken law.</summary>
/// <param name="Lives">Every subscription by its id.</param>
/// <param name="LawsChecked">Number of checks.</param>
public sealed record AuditReport(IReadOnlyDictionary<string, AuditedLife> Lives, long LawsChecked);

/// <summary>One subscription, rebuilt from its events.</summary>
/// <param name="State">The state that the events fold to.</param>
/// <param name="Events">All events, in order.</param>
/// <param name="Invoices">The invoices that follow from the events.</param>
public sealed record AuditedLife(Subscription State, IReadOnlyList<SubscriptionEvent> Events, IReadOnlyList<Invoice> Invoices)
{
    /// <summary>The number of events of a type.</summary>
    public int Count<T>()
        where T : SubscriptionEvent => Events.OfType<T>().Count();
}
