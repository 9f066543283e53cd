namespace OrleansBilling.Domain.Catalog;

/// <summary>Why a party gets a share of the revenue.</summary>
public enum SplitRole
{
    /// <summary>The marketplace's fee.</summary>
    Platform,

    /// <summary>Someone who made the product together with the seller.</summary>
    CoProducer,

    /// <summary>Referred the subscriber. If the offer names no party, the subscription's affiliate gets the share.</summary>
    Affiliate,
}

/// <summary>
/// A party's share of every captured charge, net of tax: either a percentage or an amount. Shares are taken in order and
/// never exceed the charge. The seller gets the rest.
/// </summary>
/// <param name="PartyId">
/// Null only for an affiliate: the subscription's affiliate then gets the share, or the seller if there is none.
/// </param>
/// <param name="MilliPercent">Thousandths of a percent of the charge net of tax, 1 to 100,000.</param>
/// <param name="Amount">Minor units per charge.</param>
public sealed record SplitPart(SplitRole Role, string? PartyId, int? MilliPercent, long? Amount)
{
    /// <summary>The most parties that an offer may have besides the seller.</summary>
    public const int PerOfferMax = 10;
}
