using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Invoices;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Storage;

namespace OrleansBilling.Server.Composition;

/// <summary>Keeps the list of invoices up to date, on one silo: the one that the ring picks, as it picks one for a grain.</summary>
internal sealed class InvoicePart : IAsyncDisposable
{
    private static readonly GrainId RingPlace = GrainId.Create("invoice-list", "0");

    private readonly InvoiceProjection projection;

    public InvoicePart(
        Foundation foundation, LocalSilo silo, SiloRuntime runtime, ILoggerFactory loggers, CancellationToken stopping) =>
        projection = new InvoiceProjection(
            foundation.Storage.InvoiceProjection, ReaderOf(foundation.Storage, runtime.Catalog, loggers),
            () => !stopping.IsCancellationRequested && silo.Grains is not null && silo.IsHere(RingPlace), Machine.Time,
            loggers.CreateLogger<InvoiceProjection>());

    public static BilledInvoiceReader ReaderOf(BillingStorage storage, CatalogCache catalog, ILoggerFactory loggers) =>
        new(storage.Feed, new SubscriptionReader(storage.Journal, catalog), loggers.CreateLogger<BilledInvoiceReader>());

    public void Start() => projection.Start();

    public ValueTask DisposeAsync() => projection.DisposeAsync();
}
