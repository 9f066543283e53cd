using NodaTime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Embedded;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>Builds the host of subscriptions. The one place that knows that there is more than one kind.</summary>
internal static class RuntimeOpening
{
    /// <exception cref="StartupException">This build does not have it.</exception>
    public static void RequireAvailable(RuntimeKind kind)
    {
        if (kind == RuntimeKind.Orleans)
            throw new StartupException("Billing__Runtime=orleans is not in this build, which has the embedded host only; use Billing__Runtime=embedded.");
    }

    public static EmbeddedRuntime Open(IJournal journal, CatalogCache catalog, IPaymentProvider payments, IClock clock, TimeProvider time, ILoggerFactory loggers) =>
        new(new EmbeddedRuntimeOptions(), journal, catalog, payments, clock, time, loggers);
}
