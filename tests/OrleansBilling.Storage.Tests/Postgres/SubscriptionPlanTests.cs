using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Every page of the list of subscriptions, in every order, is served by an index.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class SubscriptionPlanTests(PostgresFixture postgres)
{
    private const int Subscriptions = 100_000;

    /// <summary>
    /// One seller has half of everything, in ten products with two offers each; the other half belongs to five hundred. Most are active,
    /// one in ten is canceled, one in a hundred past due, one in a thousand paused. All cards but a few are different.
    /// </summary>
    private static readonly string[] Fill =
    [
        $$"""
        insert into subscription (id, version, partition, status, state)
        select 's' || n, 1, 0, case when n % 10 = 1 then 'canceled' when n % 100 = 2 then 'past_due' when n % 1000 = 3 then 'paused'
          else 'active' end, '{}'
        from generate_series(1, {{Subscriptions}}) as n
        """,
        $$"""
        insert into directory (id, seller_id, product_id, plan_id, offer_id, customer_id)
        select 's' || n, case when n % 2 = 0 then 'large' else 's' || n % 1000 end,
          case when n % 2 = 0 then 'p' || n % 20 else 'ps' || n % 1000 end,
          case when n % 2 = 0 then 'l' || n % 20 else 'ls' || n % 1000 end,
          case when n % 2 = 0 then 'o' || n % 40 else 'os' || n % 1000 end, 'c' || n / 2
        from generate_series(1, {{Subscriptions}}) as n
        """,
        """
        insert into listed_subscription
        select s.id, d.seller_id, d.product_id, d.plan_id, d.offer_id, d.customer_id, s.status,
          timestamptz '2024-01-01' + n * interval '120 seconds',
          case when s.status = 'canceled' then timestamptz '2024-02-01' + n * interval '120 seconds' end,
          case when n % 50 = 0 then 'tok_common' else 'tok_' || n end
        from subscription as s join directory as d on d.id = s.id cross join lateral (select substr(s.id, 2)::integer) as k (n)
        """,
        """
        insert into next_billing
        select subscription_id, seller_id, product_id, plan_id, offer_id, status, created_at + interval '100 days'
        from listed_subscription
        where status <> 'canceled'
        """,
        """
        insert into subscription_metadata
        select subscription_id, 'campaign', case when right(subscription_id, 3) = '777' then 'rare' else 'june' end, seller_id, created_at
        from listed_subscription
        """,
        "analyze",
    ];

    private static readonly Instant Middle = Instant.FromUtc(2024, 4, 1, 0, 0);

    private static readonly SubscriptionFilter[] Owners =
    [
        new(),
        new() { SellerIds = ["large"] },
        new() { SellerIds = ["s1"] },
        new() { SellerIds = ["nobody"] },
        new() { SellerIds = [.. Enumerable.Range(0, 50).Select(n => $"s{n}")] },
        new() { SellerIds = ["large"], Statuses = [SubscriptionStatus.PastDue] },
        new() { SellerIds = ["large", "s1"], Statuses = [SubscriptionStatus.PastDue, SubscriptionStatus.Paused] },
        new() { ProductIds = ["p2"], SellerIds = ["large"] },
        new() { ProductIds = ["p4", "ps1"], Statuses = [SubscriptionStatus.Active] },
        new() { PlanIds = ["l2"] },
        new() { PlanIds = ["l2"], Statuses = [SubscriptionStatus.Paused] },
        new() { OfferIds = ["o2", "os7"] },
        new() { CustomerIds = ["c1", "c77"], SellerIds = ["large"] },
        new() { OfferIds = [.. Enumerable.Range(0, 50).Select(n => $"o{n}")] },
        new() { Statuses = [SubscriptionStatus.Active] },
        new() { Statuses = [SubscriptionStatus.PastDue, SubscriptionStatus.Paused, SubscriptionStatus.Expired] },
    ];

    private static readonly SubscriptionFilter[] Created =
    [
        new() { PaymentTokens = ["tok_common"] },
        new() { PaymentTokens = ["tok_7"], SellerIds = ["s7"] },
        new() { PaymentTokens = ["tok_nobody"] },
        new() { Created = new(Middle, Middle + Duration.FromHours(1)) },
        new() { Created = new(Middle, null), SellerIds = ["large"], Statuses = [SubscriptionStatus.Paused] },
        Labelled("june"),
        Labelled("rare"),
        Labelled("june") with { CustomerIds = ["c1", "c77"] },
        new() { PaymentTokens = ["tok_common"], CustomerIds = ["c50"] },
        Labelled("june") with { SellerIds = ["s1", "s3"], Created = new(null, Middle) },
    ];

    private static readonly SubscriptionFilter[] NextBilling =
    [
        new() { NextBilling = new(Middle, Middle + Duration.FromHours(1)) },
        new() { NextBilling = new(Middle, null), SellerIds = ["s1"] },
        new() { NextBilling = new(Middle, null), ProductIds = ["p2"], Statuses = [SubscriptionStatus.Active] },
    ];

    private static readonly SubscriptionFilter[] Canceled =
    [
        new() { Statuses = [SubscriptionStatus.Active, SubscriptionStatus.Canceled] },
        new() { Canceled = new(Middle, Middle + Duration.FromHours(1)) },
        new() { Canceled = new(Middle, null), SellerIds = ["s1"], Created = new(Middle, null) },
    ];

    [StorageFact]
    public async Task No_page_needs_a_sequential_scan_or_many_blocks()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        foreach (var sql in Fill) await database.ExecuteAsync(sql);
        foreach (var order in Enum.GetValues<SubscriptionOrder>())
        {
            SubscriptionFilter[] filters = order switch
            {
                SubscriptionOrder.CreatedAt => [.. Owners, .. Created],
                SubscriptionOrder.NextBillingAt => [.. Owners, .. NextBilling],
                SubscriptionOrder.CanceledAt => [.. Owners, .. Canceled],

                // Ordered by id, a status is read where it was just committed: a seller's subscriptions are walked until a page is full.
                _ => [.. Owners.Where(filter => filter.Statuses.IsEmpty || filter == Owners[^1] || filter == Owners[^2])],
            };
            var middle = new SubscriptionMark(order == SubscriptionOrder.Id ? null : Middle, "s5");
            foreach (var filter in filters)
            {
                await HoldAsync(database, SubscriptionListSql.Of(filter, new(order), null, 201));
                await HoldAsync(database, SubscriptionListSql.Of(filter, new(order, Descending: true), middle, 201));
            }
        }
    }

    private static SubscriptionFilter Labelled(string campaign) =>
        new() { Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("campaign", campaign) };

    private static Task HoldAsync(PostgresTestDatabase database, SubscriptionListSql sql) =>
        BoundedStatement.HoldAsync(database, sql.Text, sql.Values);
}
