using NodaTime;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.Hosts;

/// <summary>What a host of subscriptions in this process stands on. The storage stays its owner's.</summary>
internal sealed record HostParts(BillingStorage Storage)
{
    private const long ProviderSeed = 1;

    /// <summary>The database; a silo meets others there.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The storage's own, or one before it, such as one that counts.</summary>
    public IJournal Journal { get; init; } = Storage.Journal;

    /// <summary>Answers at once unless told otherwise.</summary>
    public IPaymentProvider Payments { get; init; } = new SimulatedPaymentProvider(ProviderSeed);

    /// <summary>Stands still until it is moved; null for the machine's clock.</summary>
    public VirtualClock? StandingClock { get; init; }

    /// <summary>Subscriptions that must have room in memory; 0 for the host's own limit.</summary>
    public int Subscriptions { get; init; }

    public bool CountsStatistics { get; init; } = true;

    public IClock Clock => (IClock?)StandingClock ?? SystemClock.Instance;
}
