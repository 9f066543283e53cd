using NodaTime;

namespace OrleansBilling.Domain.Catalog;

/// <summary>
/// One version of an offer with its plan, product and time zone. Subscription decisions need nothing else from the
/// catalog. Immutable: all subscriptions on the same version share one instance.
/// </summary>
public sealed class OfferTerms
{
    /// <summary>Throws when the three do not belong together or the time zone is unknown.</summary>
    public OfferTerms(Product product, Plan plan, Offer offer)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(offer);
        if (plan.ProductId != product.Id) throw new ArgumentException($"Plan '{plan.Id}' is not of product '{product.Id}'.", nameof(plan));
        if (offer.PlanId != plan.Id) throw new ArgumentException($"Offer '{offer.Id}' is not of plan '{plan.Id}'.", nameof(offer));
        Product = product;
        Plan = plan;
        Offer = offer;
        Currency = Currency.Parse(offer.Currency);
        Zone = DateTimeZoneProviders.Tzdb[product.TimeZone];
    }

    public Product Product { get; }

    public Plan Plan { get; }

    /// <summary>The price, in one fixed version.</summary>
    public Offer Offer { get; }

    public Currency Currency { get; }

    /// <summary>The time zone of the product; all calendar rules use it.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The plan's dunning policy if it has one, else the product's.</summary>
    public DunningPolicy Dunning => Plan.Dunning ?? Product.Dunning;
}
