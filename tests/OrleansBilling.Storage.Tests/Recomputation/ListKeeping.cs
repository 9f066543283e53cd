using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Storage.Tests.Recomputation;

/// <summary>What keeps the lists of a storage.</summary>
internal static class ListKeeping
{
    public static ListReader Reader(BillingStorage storage) => new(
        storage.Feed, new SubscriptionReader(storage.Journal, new CatalogCache(storage.Catalog, TimeProvider.System)),
        NullLogger<ListReader>.Instance);

    public static ListProjection Projection(BillingStorage storage) => new(
        storage.ListProjection, Reader(storage), static () => true, TimeProvider.System, NullLogger<ListProjection>.Instance);
}
