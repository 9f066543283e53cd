namespace OrleansBilling.Domain.Catalog;

/// <summary>What keeps an offer from being sold. The narrowest one counts if several are archived.</summary>
public enum ArchivedPart
{
    Offer,

    /// <summary>The offer's plan.</summary>
    Plan,

    /// <summary>The offer's product.</summary>
    Product,
}
