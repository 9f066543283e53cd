using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>Which version of an offer is the newest, by the offer's id.</summary>
[Version(1), Alias("orleans_billing.offer")]
internal interface IOfferGrain : IGrainWithStringKey
{
    /// <summary>The number of the newest version, or null when there is no such offer, or the database does not tell.</summary>
    [Alias("newest")]
    Task<int?> NewestAsync();

    /// <summary>Takes notice of a version that was added to the catalog.</summary>
    [Alias("added")]
    Task AddedAsync(int version);
}
