using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
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

    /// <summary>Whether a change makes another row. What never changes is not compared.</summary>
    public static bool IsChanged(Subscription before, OfferTerms termsBefore, Subscription after, OfferTerms terms)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return before.Status != after.Status || before.OfferId != after.OfferId || before.CanceledAt != after.CanceledAt ||
            before.PaymentToken != after.PaymentToken || !ReferenceEquals(before.Metadata, after.Metadata) ||
            NextBilling.Of(before, termsBefore) != NextBilling.Of(after, terms);
    }
}
