using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A new subscription as its own route or a line of a stream describes it.</summary>
internal static class SubscribeRequest
{
    public const string IdPrefix = "sub_";

    public static void Check(ref Check check, SubscribeTermsBody body)
    {
        check.Id(body.OfferId, "offer_id");
        check.Id(body.Customer.Id, "customer.id");
        check.Email(body.Customer.Email, "customer.email");
        check.Token(body.PaymentMethod?.Token, "payment_method.token");
        check.Range(body.TrialDays, "trial_days", 0, Plan.TrialDaysMax);
        check.Country(body.Customer.Country, "customer.country");
        OrderRequest.Check(ref check, body.Quantity, body.Addons);
        check.Id(body.AffiliateId, "affiliate_id");
        check.Id(body.Coupon, "coupon");
        check.Metadata(body.Metadata);
    }

    /// <summary>Refuses an offer that the caller may not sell. Another seller's offer counts as not found.</summary>
    public static Refusal? Refuse(Caller caller, OfferTerms? terms)
    {
        if (caller.Role == Role.Customer) return Refusal.NotForCustomers;
        return terms is null || !caller.MayTouch(terms.Product.SellerId, "") ? Refusal.OfferNotFound : null;
    }

    /// <summary>The command without its coupon, which is redeemed separately (<see cref="CommandRunner"/>).</summary>
    /// <param name="customer">The customer, as it may be named (<see cref="CustomerAdmission"/>).</param>
    public static SubscriptionCommand.Subscribe ToCommand(
        SubscribeTermsBody body, string id, NewestTerms newest, Customer customer) => new(
        id,
        newest.Terms,
        customer,
        body.PaymentMethod?.Token,
        body.TrialDays,
        body.StartAt,
        body.Metadata is null or { Count: 0 } ? null : body.Metadata.ToImmutableSortedDictionary(StringComparer.Ordinal))
    {
        Quantity = body.Quantity ?? 1,
        AddOns = OrderRequest.ToAddOns(body.Addons),
        AffiliateId = body.AffiliateId,
        Archived = newest.Archived,
    };
}
