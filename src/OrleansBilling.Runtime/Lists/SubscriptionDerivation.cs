using System.Collections.Immutable;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Lists;

/// <summary>What lists find a subscription by. Pure: a snapshot in, a row out.</summary>
public static class SubscriptionDerivation
{
    public static ListedSubscription Of(SubscriptionView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var (state, terms) = view;
        return new ListedSubscription(
            state.Id, terms.Product.SellerId, terms.Product.Id, terms.Plan.Id, state.OfferId, state.Customer.Id, state.Status,
            state.CreatedAt, NextBilling.Of(state, terms), state.CanceledAt, state.PaymentToken,
            state.Metadata ?? ImmutableSortedDictionary<string, string>.Empty);
    }
}
