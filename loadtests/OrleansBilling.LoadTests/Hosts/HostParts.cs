using NodaTime;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.Hosts;

/// <summary>The parts that a host of subscriptions in this process needs. The host does not dispose the storage.</summary>
internal sealed record HostParts(BillingStorage Storage)
{
    private const long ProviderSeed = 1;

    /// <summary>The database; a silo finds other silos there.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The storage's own journal, or one in front of it, such as one that counts.</summary>
    public IJournal Journal { get; init; } = Storage.Journal;

    /// <summary>The default answers at once.</summary>
    public IPaymentProvider Payments { get; init; } = new SimulatedPaymentProvider(ProviderSeed);

    /// <summary>A clock that stands still until moved; null for the system clock.</summary>
    public VirtualClock? StandingClock { get; init; }

    /// <summary>The number of subscriptions that must fit in memory; 0 for the host's own limit.</summary>
    public int Subscriptions { get; init; }

    public bool CountsStatistics { get; init; } = true;

    public IClock Clock => (IClock?)StandingClock ?? SystemClock.Instance;
}
