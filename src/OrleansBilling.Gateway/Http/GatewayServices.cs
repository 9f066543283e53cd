using System.Threading.RateLimiting;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Coupons;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Gateway.Http;

/// <summary>Everything that routes work with; one for the process.</summary>
internal sealed record GatewayServices
{
    public required IBillingRuntime Runtime { get; init; }

    public required IJournal Journal { get; init; }

    public required SubscriptionReader Reader { get; init; }

    public required InvoicePreviewer Previewer { get; init; }

    public required CatalogCache Catalog { get; init; }

    public required CatalogKeys CatalogKeys { get; init; }

    public required ISubscriptionDirectory Directory { get; init; }

    public required IStatisticsStore Statistics { get; init; }

    public required StatisticsCalendar Calendar { get; init; }

    public required Simulations Simulations { get; init; }

    public required PreferredRetention PreferredRetention { get; init; }

    public required ICatalogCounts CatalogCounts { get; init; }

    public required ICouponStore Coupons { get; init; }

    public required CouponRedemption Redemption { get; init; }

    public required IBalanceStore Balances { get; init; }

    public required IDocumentNumbers Documents { get; init; }

    public required IOutbox Outbox { get; init; }

    public required IQuarantine Quarantine { get; init; }

    public required IApiKeyStore ApiKeys { get; init; }

    public required Authenticator Authenticator { get; init; }

    public required IClock Clock { get; init; }

    public required Ids Ids { get; init; }

    public required Dice Dice { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>What callers and sellers may take.</summary>
    public required EdgeLimits Limits { get; init; }

    /// <summary>The requests that are worked on, of each seller and each customer.</summary>
    public required PartitionedRateLimiter<Caller> Turns { get; init; }

    /// <summary>The open streams of POST /v1/commands, of each caller.</summary>
    public required PartitionedRateLimiter<Caller> Streams { get; init; }

    /// <summary>The machine's time, for time-outs.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Fires when no more requests are to be begun.</summary>
    public required CancellationToken Stopping { get; init; }

    /// <summary>The clock that can be moved; null where time is the machine's.</summary>
    public VirtualTime? VirtualTime { get; init; }
}
