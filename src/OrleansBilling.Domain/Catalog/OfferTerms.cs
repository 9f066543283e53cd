using NodaTime;

namespace OrleansBilling.Domain.Catalog;

/// <summary>
/// One version of an offer with its plan, product and time zone: all that a subscription's decisions take from the
/// catalog. Immutable, and one instance is shared by every subscription on that version.
/// </summary>
public sealed class OfferTerms
{
    /// <summary>Puts the three together. Throws when they do not belong together or the time zone is unknown.</summary>
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

    /// <summary>The product sold.</summary>
    public Product Product { get; }

    /// <summary>What recurs.</summary>
    public Plan Plan { get; }

    /// <summary>The price, in one version.</summary>
    public Offer Offer { get; }

    /// <summary>The offer's currency.</summary>
    public Currency Currency { get; }

    /// <summary>The zone in which the calendar is kept.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The plan's dunning policy, or else the product's.</summary>
    public DunningPolicy Dunning => Plan.Dunning ?? Product.Dunning;
}
