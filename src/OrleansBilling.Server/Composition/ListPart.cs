using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Storage;

namespace OrleansBilling.Server.Composition;

/// <summary>Keeps the lists up to date, on one silo: the one that the ring picks, as it picks one for a grain.</summary>
internal sealed class ListPart : IAsyncDisposable
{
    private static readonly GrainId RingPlace = GrainId.Create("lists", "0");

    private readonly ListProjection projection;

    public ListPart(
        Foundation foundation, LocalSilo silo, SiloRuntime runtime, ILoggerFactory loggers, CancellationToken stopping) =>
        projection = new ListProjection(
            foundation.Storage.ListProjection, ReaderOf(foundation.Storage, runtime.Catalog, loggers),
            () => !stopping.IsCancellationRequested && silo.Grains is not null && silo.IsHere(RingPlace), Machine.Time,
            loggers.CreateLogger<ListProjection>());

    public static ListReader ReaderOf(BillingStorage storage, CatalogCache catalog, ILoggerFactory loggers) =>
        new(storage.Feed, new SubscriptionReader(storage.Journal, catalog), loggers.CreateLogger<ListReader>());

    public void Start() => projection.Start();

    public ValueTask DisposeAsync() => projection.DisposeAsync();
}
