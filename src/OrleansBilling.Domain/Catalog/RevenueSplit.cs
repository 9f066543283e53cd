namespace OrleansBilling.Domain.Catalog;

/// <summary>Why a party has a share.</summary>
public enum SplitRole
{
    /// <summary>The marketplace's fee.</summary>
    Platform,

    /// <summary>Someone who made the product together with the seller.</summary>
    CoProducer,

    /// <summary>Who brought the subscriber; named by the subscription's attribution where the offer names nobody.</summary>
    Affiliate,
}

/// <summary>
/// A party's share of every captured charge, net of tax: exactly one of percent or amount. Shares are taken in order
/// and never exceed the charge; what is left is the seller's.
/// </summary>
/// <param name="Role">Why.</param>
/// <param name="PartyId">Who; null only for an affiliate, who is then the subscription's (nobody: the share stays with the seller).</param>
/// <param name="MilliPercent">Thousandths of a percent of the charge net of tax, 1 to 100,000.</param>
/// <param name="Amount">Minor units per charge.</param>
public sealed record SplitPart(SplitRole Role, string? PartyId, int? MilliPercent, long? Amount)
{
    /// <summary>The most parties besides the seller.</summary>
    public const int PerOfferMax = 10;
}
