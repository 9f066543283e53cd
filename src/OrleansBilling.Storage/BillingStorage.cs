using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Search;
using OrleansBilling.Runtime.Sellers;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Storage;

/// <summary>
/// Implements the runtime's ports on a database; there is one implementation per kind of database. Disposing refuses new work, writes
/// the commits already accepted, and closes.
/// </summary>
public abstract class BillingStorage : IAsyncDisposable
{
    /// <summary>The most rows that one read returns. Callers must not ask for more.</summary>
    public const int PageRowsMax = 10_000;

    /// <summary>The most events that one read of the feed looks at, besides the rest of its last page.</summary>
    internal const int FeedLookMax = 20_000;

    /// <summary>The most usage keys that one call may look up.</summary>
    public const int UsageKeysMax = 2_000;

    /// <summary>Subscriptions with their events and due times.</summary>
    public abstract IJournal Journal { get; }

    public abstract IDueQueue Due { get; }

    /// <summary>Subscriptions by status, seller, product, plan, offer and customer.</summary>
    public abstract ISubscriptionDirectory Directory { get; }

    public abstract IStatisticsStore Statistics { get; }

    public abstract IStatisticsRecount Recount { get; }

    /// <summary>The events of all subscriptions in one order.</summary>
    public abstract IEventFeed Feed { get; }

    public abstract IFeedBackfill FeedBackfill { get; }

    /// <summary>Subscriptions by everything that people look for.</summary>
    public abstract ISubscriptionList Subscriptions { get; }

    /// <summary>The invoices of all subscriptions.</summary>
    public abstract IInvoiceList Invoices { get; }

    /// <summary>The credit notes of all subscriptions.</summary>
    public abstract ICreditNoteList CreditNotes { get; }

    /// <summary>The chargebacks of all subscriptions.</summary>
    public abstract IChargebackList Chargebacks { get; }

    /// <summary>What moved the balances.</summary>
    public abstract IBalanceEntryList BalanceEntries { get; }

    public abstract IListProjection ListProjection { get; }

    /// <summary>Products, plans and offers.</summary>
    public abstract ICatalogStore Catalog { get; }

    /// <summary>Lists and edits of the catalog, with coupons.</summary>
    public abstract ICatalogShelf Shelf { get; }

    /// <summary>The customers of the marketplace.</summary>
    public abstract ICustomerStore Customers { get; }

    /// <summary>Ids of subscriptions, customers and invoices by what people type.</summary>
    public abstract ISearchIndex Search { get; }

    /// <summary>Profiles of sellers.</summary>
    public abstract ISellerStore Sellers { get; }

    /// <summary>Rows of an older release with personal data.</summary>
    public abstract IPersonRows Persons { get; }

    /// <summary>The number of catalog entries per seller.</summary>
    public abstract ICatalogCounts CatalogCounts { get; }

    /// <summary>Coupons and their redemptions.</summary>
    public abstract ICouponStore Coupons { get; }

    /// <summary>Amounts owed to the parties of revenue splits.</summary>
    public abstract IBalanceStore Balances { get; }

    /// <summary>Gapless numbers of invoices and credit notes.</summary>
    public abstract IDocumentNumbers Documents { get; }

    /// <summary>Messages to other systems.</summary>
    public abstract IOutbox Outbox { get; }

    /// <summary>What-if simulations: waiting, running and finished.</summary>
    public abstract ISimulationStore Simulations { get; }

    /// <summary>Due subscriptions that cannot be woken.</summary>
    public abstract IQuarantine Quarantine { get; }

    /// <summary>API keys, stored as hashes.</summary>
    public abstract IApiKeyStore ApiKeys { get; }

    /// <summary>Messages between customers and sellers.</summary>
    public abstract ISubscriptionMessages Messages { get; }

    /// <summary>The texts that people wrote into commands.</summary>
    public abstract ISubscriptionTexts Texts { get; }

    /// <summary>Usage events and unique keys that were counted.</summary>
    public abstract IUsageKeys UsageKeys { get; }

    /// <summary>Answers under idempotency keys.</summary>
    public abstract IRequestMemory Requests { get; }

    /// <summary>The keys by which secrets are encrypted.</summary>
    public abstract IKeyRing KeyRing { get; }

    /// <summary>Addresses that events are sent to, and what became of each event there.</summary>
    public abstract IWebhookStore Webhooks { get; }

    /// <summary>Facts about this installation.</summary>
    public abstract ISettingStore Settings { get; }

    public abstract ValueTask DisposeAsync();

    /// <summary>
    /// Moves usage events that an older release stored in the general event table, now instead of in the background. Reads find them in
    /// either place.
    /// </summary>
    internal abstract Task MoveUsageAsync(CancellationToken cancellationToken);

    /// <summary>Throws unless the page size is between 1 and <see cref="PageRowsMax"/>.</summary>
    internal static void RequirePageSize(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageRowsMax);
    }

    /// <summary>Throws unless the page holds between 1 and <see cref="PageRowsMax"/> events and at least one byte.</summary>
    internal static void RequireRange(EventRange range)
    {
        ArgumentNullException.ThrowIfNull(range);
        RequirePageSize(range.EventsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(range.BytesMax, 1);
    }

    /// <summary>Throws for more than <see cref="Checkpoint.BatchMax"/> checkpoints at once.</summary>
    internal static void RequireCheckpoints(IReadOnlyList<Checkpoint> checkpoints)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(checkpoints.Count, Checkpoint.BatchMax, nameof(checkpoints));
    }

    /// <summary>Throws unless the outbox page size is between 1 and <see cref="IOutbox.PageMax"/>.</summary>
    internal static void RequireOutboxPage(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IOutbox.PageMax);
    }

    /// <summary>Throws unless the page of the feed is between 1 and <see cref="IEventFeed.PageMax"/>.</summary>
    internal static void RequireFeedPage(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IEventFeed.PageMax);
    }

    /// <summary>
    /// Gives committed events their positions in the feed, now instead of in the next round. Returns once all that were committed before
    /// the call have one.
    /// </summary>
    internal abstract Task PlaceFeedAsync(CancellationToken cancellationToken);

    /// <summary>Throws for more than <see cref="UsageKeysMax"/> keys at once.</summary>
    internal static void RequireUsageKeys(IReadOnlyCollection<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Count, UsageKeysMax, nameof(keys));
    }
}
