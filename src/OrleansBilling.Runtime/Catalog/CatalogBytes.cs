using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>Estimates the memory of catalog rows in bytes: objects with their headers, and text at two bytes a character.</summary>
internal static class CatalogBytes
{
    private const int TextBytes = 24;
    private const int ListBytes = 24;
    private const int ProductBytes = 400;
    private const int PlanBytes = 200;
    private const int OfferBytes = 150;
    private const int TermsBytes = 80;
    private const int AddOnBytes = 48;
    private const int MeterBytes = 120;
    private const int TierBytes = 96;
    private const int SplitBytes = 60;
    private const int RateBytes = 60;
    private const int RetentionOfferBytes = 150;

    public static long Of(Product product) =>
        ProductBytes + Of(product.Id) + Of(product.SellerId) + Of(product.Name) + Of(product.Description) + Of(product.TimeZone) +
        Of(product.Dunning) + Of(product.Tax) + Of(product.Retention);

    public static long Of(Plan plan) =>
        PlanBytes + Of(plan.Id) + Of(plan.ProductId) + Of(plan.Name) + Of(plan.Description) + Of(plan.Dunning);

    /// <summary>
    /// Counts all three parts, although others may share product and plan: an estimate for a
    /// budget should err on the high side.
    /// </summary>
    public static long Of(OfferTerms terms) => TermsBytes + Of(terms.Product) + Of(terms.Plan) + Of(terms.Offer);

    public static long Of(Offer offer)
    {
        var bytes = OfferBytes + Of(offer.Id) + Of(offer.PlanId) + Of(offer.Currency) + 3 * ListBytes;
        foreach (var addOn in offer.AddOns) bytes += AddOnBytes + Of(addOn.Id) + Of(addOn.Name);
        foreach (var part in offer.Split) bytes += SplitBytes + Of(part.PartyId);
        foreach (var meter in offer.Meters)
            bytes += MeterBytes + Of(meter.Id) + Of(meter.Name) + ListBytes + TierBytes * meter.Tiers.Length;
        return bytes;
    }

    private static long Of(DunningPolicy? policy) => policy is null ? 0 : 60 + ListBytes + sizeof(int) * policy.ScheduleDays.Length;

    private static long Of(TaxPolicy? tax)
    {
        if (tax is null) return 0;
        var bytes = 40L + ListBytes;
        foreach (var rate in tax.Rates) bytes += RateBytes + Of(rate.Name) + Of(rate.Country);
        return bytes;
    }

    private static long Of(RetentionPolicy? retention)
    {
        if (retention is null) return 0;
        var bytes = 60L + ListBytes;
        foreach (var offer in retention.Offers)
        {
            bytes += RetentionOfferBytes + Of(offer.Id) + Of(offer.OfferId);
            foreach (var reason in offer.Reasons) bytes += Of(reason);
        }

        return bytes;
    }

    private static long Of(string? text) => text is null ? 0 : TextBytes + 2L * text.Length;
}
