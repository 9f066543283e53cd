using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Storage;

/// <summary>
/// Everything that is durable, behind the runtime's ports; one implementation per kind of database. Disposing refuses
/// new work, writes the commits that were accepted, and then closes.
/// </summary>
public abstract class BillingStorage : IAsyncDisposable
{
    /// <summary>The most rows that one read returns; asking for more is an error of the caller.</summary>
    public const int PageRowsMax = 10_000;

    /// <summary>The most usage keys that one call looks for.</summary>
    public const int UsageKeysMax = 2_000;

    /// <summary>Subscriptions with their events and due times.</summary>
    public abstract IJournal Journal { get; }

    /// <summary>Subscriptions by status, seller, product, plan, offer and customer.</summary>
    public abstract ISubscriptionDirectory Directory { get; }

    /// <summary>Counters.</summary>
    public abstract IStatisticsStore Statistics { get; }

    /// <summary>The recount of the counters.</summary>
    public abstract IStatisticsRecount Recount { get; }

    /// <summary>Products, plans and offers.</summary>
    public abstract ICatalogStore Catalog { get; }

    /// <summary>How much each seller has in the catalog.</summary>
    public abstract ICatalogCounts CatalogCounts { get; }

    /// <summary>Coupons and their redemptions.</summary>
    public abstract ICouponStore Coupons { get; }

    /// <summary>What parties of revenue splits are owed.</summary>
    public abstract IBalanceStore Balances { get; }

    /// <summary>Gapless numbers of invoices and credit notes.</summary>
    public abstract IDocumentNumbers Documents { get; }

    /// <summary>Messages for the outside.</summary>
    public abstract IOutbox Outbox { get; }

    /// <summary>What-ifs that wait, run, and were answered.</summary>
    public abstract ISimulationStore Simulations { get; }

    /// <summary>Due subscriptions that cannot be woken.</summary>
    public abstract IQuarantine Quarantine { get; }

    /// <summary>Hashed keys.</summary>
    public abstract IApiKeyStore ApiKeys { get; }

    /// <summary>Facts about the installation.</summary>
    public abstract ISettingStore Settings { get; }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Moves what an older program stored elsewhere now, instead of in the background. Reads find it in either place.</summary>
    internal abstract Task MoveUsageAsync(CancellationToken cancellationToken);

    /// <summary>Refuses a page size outside 1 to <see cref="PageRowsMax"/>.</summary>
    internal static void RequirePageSize(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageRowsMax);
    }

    /// <summary>Refuses a page of events outside 1 to <see cref="PageRowsMax"/>, or of no bytes.</summary>
    internal static void RequireRange(EventRange range)
    {
        ArgumentNullException.ThrowIfNull(range);
        RequirePageSize(range.EventsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(range.BytesMax, 1);
    }

    /// <summary>Refuses more than <see cref="Checkpoint.BatchMax"/> checkpoints at once.</summary>
    internal static void RequireCheckpoints(IReadOnlyList<Checkpoint> checkpoints)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(checkpoints.Count, Checkpoint.BatchMax, nameof(checkpoints));
    }

    /// <summary>Refuses a page of the outbox outside 1 to <see cref="IOutbox.PageMax"/>.</summary>
    internal static void RequireOutboxPage(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IOutbox.PageMax);
    }

    /// <summary>Refuses to look for more than <see cref="UsageKeysMax"/> keys at once.</summary>
    internal static void RequireUsageKeys(IReadOnlyCollection<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Count, UsageKeysMax, nameof(keys));
    }
}
