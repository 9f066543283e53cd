using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Server.Settings;
using OrleansBilling.Silo;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Storage;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// What silo and gateway both need: the database, business time and the payment provider. It is opened before them and
/// closed after them.
/// </summary>
internal sealed class Foundation : IAsyncDisposable
{
    private readonly HttpClient? providerClient;

    private Foundation(
        BillingStorage storage, SecretBox secrets, VirtualClock? virtualClock, ServerSettings settings, ILoggerFactory loggers)
    {
        Storage = storage;
        Secrets = secrets;
        VirtualClock = virtualClock;
        Clock = new WireClock(Machine.Clock, virtualClock);
        Stores = new SiloStores(storage.Journal, storage.Due, storage.Catalog, storage.Statistics, storage.Recount, storage.Quarantine);
        providerClient = settings.Payments is { } address ? HttpPaymentProvider.CreateClient(address) : null;
        IPaymentProvider payments = providerClient is null
            ? new SimulatedPaymentProvider(Machine.SimulatorSeed)
            : new HttpPaymentProvider(
                providerClient, HttpPaymentProvider.DefaultTimeout, Machine.Time, loggers.CreateLogger<HttpPaymentProvider>());
        SiloParts = new SiloParts(Stores, payments, Clock);
    }

    public BillingStorage Storage { get; }

    /// <summary>Encrypts secrets in the database.</summary>
    public SecretBox Secrets { get; }

    public SiloStores Stores { get; }

    /// <summary>The clock that a gateway moves; null if time is the machine's.</summary>
    public VirtualClock? VirtualClock { get; }

    public WireClock Clock { get; }

    public SiloParts SiloParts { get; }

    /// <exception cref="StartupException">The storage cannot be opened or does not answer.</exception>
    public static async Task<Foundation> OpenAsync(ServerSettings settings, ILoggerFactory loggers, CancellationToken stopping)
    {
        var storage = await StorageOpening.OpenAsync(settings, loggers, stopping);
        try
        {
            var virtualClock = settings.Clock == ClockMode.System
                ? null
                : await VirtualTime.RestoreAsync(storage.Settings, StartOf(settings), stopping);
            var secrets = await SecretsOpening.OpenAsync(settings, storage.KeyRing, loggers, stopping);
            return new Foundation(storage, secrets, virtualClock, settings, loggers);
        }
        catch (JournalUnavailableException e)
        {
            await storage.DisposeAsync();
            throw new StartupException($"The database does not answer: {e.Message}", e);
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        providerClient?.Dispose();
        await Secrets.DisposeAsync();
        await Storage.DisposeAsync();
    }

    /// <summary>A silo without a gateway has no start time of its own. It follows the gateway that moves the clock.</summary>
    private static Instant StartOf(ServerSettings settings) =>
        settings.Role == Role.Silo ? Instant.FromUnixTimeTicks(0) : settings.ClockStart ?? Machine.Clock.GetCurrentInstant();
}
