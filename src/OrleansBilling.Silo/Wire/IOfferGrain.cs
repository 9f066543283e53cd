using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>Knows the newest version of an offer, keyed by the offer's id.</summary>
[Version(1), Alias("orleans_billing.offer")]
internal interface IOfferGrain : IGrainWithStringKey
{
    /// <summary>The newest version; null if the offer does not exist or the database does not answer.</summary>
    [Alias("newest")]
    Task<int?> NewestAsync();

    /// <summary>Reports that a version was added to the catalog.</summary>
    [Alias("added")]
    Task AddedAsync(int version);
}
