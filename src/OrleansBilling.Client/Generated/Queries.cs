// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

/// <summary>Parameters of <see cref="ApiKeysClient.ListAsync"/>.</summary>
public sealed record ApiKeysListQuery
{
    /// <summary>Only of these roles, separated by commas: admin, seller, partner.</summary>
    public string? Role { get; init; }

    /// <summary>Only keys of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only keys of these parties. Several are separated by commas: at most 50.</summary>
    public string? PartyId { get; init; }

    /// <summary>Only what was created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was created before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("role", Role)
        .Add("seller_id", SellerId)
        .Add("party_id", PartyId)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="BalancesClient.ListEntriesAsync"/>.</summary>
public sealed record BalancesListEntriesQuery
{
    /// <summary>Only from the products of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of these subscriptions. Several are separated by commas: at most 50.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Only in these currencies, as ISO 4217 codes separated by commas: at most 50.</summary>
    public string? Currency { get; init; }

    /// <summary>Only what moved at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what moved before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("seller_id", SellerId)
        .Add("subscription_id", SubscriptionId)
        .Add("currency", Currency)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="BalancesClient.ListAsync"/>.</summary>
public sealed record BalancesListQuery
{
    /// <summary>Only from the products of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of these parties; a seller is a party too. Several are separated by commas: at most 50.</summary>
    public string? PartyId { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("seller_id", SellerId)
        .Add("party_id", PartyId)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="ChargebacksClient.ListAsync"/>.</summary>
public sealed record ChargebacksListQuery
{
    /// <summary>Only in these statuses, separated by commas: open, won, lost.</summary>
    public string? Status { get; init; }

    /// <summary>Only of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of these customers. Several are separated by commas: at most 50.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Only of these subscriptions. Several are separated by commas: at most 50.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Only what was recorded at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was recorded before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("status", Status)
        .Add("seller_id", SellerId)
        .Add("customer_id", CustomerId)
        .Add("subscription_id", SubscriptionId)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="CouponsClient.ListAsync"/>.</summary>
public sealed record CouponsListQuery
{
    /// <summary>Only of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only what is archived (true), or what is on sale (false).</summary>
    public string? Archived { get; init; }

    /// <summary>Only what was created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was created before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("seller_id", SellerId)
        .Add("archived", Archived)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="CreditNotesClient.ListAsync"/>.</summary>
public sealed record CreditNotesListQuery
{
    /// <summary>Only of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of these customers. Several are separated by commas: at most 50.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Only of these subscriptions. Several are separated by commas: at most 50.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Only with these numbers, separated by commas: at most 50. Each seller has its own.</summary>
    public string? Number { get; init; }

    /// <summary>Only what was refunded at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was refunded before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("seller_id", SellerId)
        .Add("customer_id", CustomerId)
        .Add("subscription_id", SubscriptionId)
        .Add("number", Number)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="CustomersClient.ListEntitlementsAsync"/>.</summary>
public sealed record CustomersListEntitlementsQuery
{
    /// <summary>Only of these products. Several are separated by commas: at most 50.</summary>
    public string? ProductId { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("product_id", ProductId)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="CustomersClient.ListAsync"/>.</summary>
public sealed record CustomersListQuery
{
    /// <summary>Only with these mail addresses, in any case. Several are separated by commas: at most 50.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// Only customers that these sellers sold to. A seller gets its own without asking. Several are separated by commas: at
    /// most 50.
    /// </summary>
    public string? SellerId { get; init; }

    /// <summary>Only what was created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was created before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("email", Email)
        .Add("seller_id", SellerId)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="EventsClient.ListAsync"/>.</summary>
public sealed record EventsListQuery
{
    /// <summary>The next_cursor of the previous page; without it, the feed is read from its beginning.</summary>
    public string? After { get; init; }

    /// <summary>
    /// Only events of these types, separated by commas: subscription.created, subscription.trial_will_end,
    /// subscription.trial_ended, subscription.activated, subscription.renewed, subscription.past_due,
    /// subscription.recovered, subscription.plan_changed, subscription.paused, subscription.resumed,
    /// subscription.cancel_scheduled, subscription.canceled, subscription.reactivated, subscription.expired,
    /// subscription.completed, subscription.renewal_alert, invoice.created, invoice.paid, invoice.payment_failed,
    /// invoice.refunded, invoice.voided, invoice.uncollectible, payment.voucher_issued, payment.voucher_reminder,
    /// payment.voucher_expired, payment.chargeback, endpoint.disabled.
    /// </summary>
    public string? Types { get; init; }

    /// <summary>
    /// Only events of these sellers. A seller gets its own without asking. Several are separated by commas: at most 50.
    /// </summary>
    public string? SellerId { get; init; }

    /// <summary>Seconds to wait for an event if there is none yet: 0 to 30, default 0. Answers when there is one.</summary>
    public int? Wait { get; init; }

    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("after", After)
        .Add("types", Types)
        .Add("seller_id", SellerId)
        .Add("wait", Wait)
        .Add("limit", Limit);
}

/// <summary>Parameters of <see cref="InvoicesClient.ListAsync"/>.</summary>
public sealed record InvoicesListQuery
{
    /// <summary>Only in these statuses, separated by commas: open, paid, void, uncollectible, disputed.</summary>
    public string? Status { get; init; }

    /// <summary>Only of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of these customers. Several are separated by commas: at most 50.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Only of these subscriptions. Several are separated by commas: at most 50.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Only with these numbers, separated by commas: at most 50. Each seller has its own.</summary>
    public string? Number { get; init; }

    /// <summary>Only what was issued at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was issued before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>Only what is overdue (true), or what is not (false).</summary>
    public string? Overdue { get; init; }

    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("status", Status)
        .Add("seller_id", SellerId)
        .Add("customer_id", CustomerId)
        .Add("subscription_id", SubscriptionId)
        .Add("number", Number)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("overdue", Overdue)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="MessagesClient.ListAsync"/>.</summary>
public sealed record MessagesListQuery
{
    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="OffersClient.ListAsync"/>.</summary>
public sealed record OffersListQuery
{
    /// <summary>Only of these plans. Several are separated by commas: at most 50.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of these products. Several are separated by commas: at most 50.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only what is archived (true), or what is on sale (false).</summary>
    public string? Archived { get; init; }

    /// <summary>Only what was created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was created before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("plan_id", PlanId)
        .Add("product_id", ProductId)
        .Add("seller_id", SellerId)
        .Add("archived", Archived)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="PlansClient.ListAsync"/>.</summary>
public sealed record PlansListQuery
{
    /// <summary>Only of these products. Several are separated by commas: at most 50.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only what is archived (true), or what is on sale (false).</summary>
    public string? Archived { get; init; }

    /// <summary>Only what was created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was created before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("product_id", ProductId)
        .Add("seller_id", SellerId)
        .Add("archived", Archived)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="ProductsClient.ListAsync"/>.</summary>
public sealed record ProductsListQuery
{
    /// <summary>Only of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only what is archived (true), or what is on sale (false).</summary>
    public string? Archived { get; init; }

    /// <summary>Only what was created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was created before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("seller_id", SellerId)
        .Add("archived", Archived)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="QuarantineClient.ListAsync"/>.</summary>
public sealed record QuarantineListQuery
{
    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="SearchClient.FindAsync"/>.</summary>
public sealed record SearchFindQuery
{
    /// <summary>
    /// What to look for: 1 to 200 characters, without the spaces around it. Case counts in ids; in mail addresses and names
    /// it does not.
    /// </summary>
    public required string Q { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 20.</summary>
    public int? Limit { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("q", Q)
        .Add("limit", Limit);
}

/// <summary>Parameters of <see cref="StatisticsClient.AffiliatesAsync"/>.</summary>
public sealed record StatisticsAffiliatesQuery
{
    /// <summary>First day, in each product's own time zone. The default covers 30 days up to the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    /// <summary>Only of this party. A partner gets its own without asking.</summary>
    public string? PartyId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId)
        .Add("party_id", PartyId);
}

/// <summary>Parameters of <see cref="StatisticsClient.CancellationsDailyAsync"/>.</summary>
public sealed record StatisticsCancellationsDailyQuery
{
    /// <summary>First day, in each product's own time zone. The default covers 30 days up to the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId);
}

/// <summary>Parameters of <see cref="StatisticsClient.CancellationsMonthlyAsync"/>.</summary>
public sealed record StatisticsCancellationsMonthlyQuery
{
    /// <summary>First day, in each product's own time zone. The default covers 30 days up to the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    /// <summary>Groups the months by this.</summary>
    public string? GroupBy { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId)
        .Add("group_by", GroupBy);
}

/// <summary>Parameters of <see cref="StatisticsClient.CancellationsOriginsAsync"/>.</summary>
public sealed record StatisticsCancellationsOriginsQuery
{
    /// <summary>First day, in each product's own time zone. The default covers 30 days up to the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId);
}

/// <summary>Parameters of <see cref="StatisticsClient.CancellationsAsync"/>.</summary>
public sealed record StatisticsCancellationsQuery
{
    /// <summary>First day, in each product's own time zone. The default covers 30 days up to the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId);
}

/// <summary>Parameters of <see cref="StatisticsClient.CohortsAsync"/>.</summary>
public sealed record StatisticsCohortsQuery
{
    /// <summary>A day in the first month of start. The default is 11 months before the month of the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included, up to which cohorts are followed. Its month is the last month of start. The default is today.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId);
}

/// <summary>Parameters of <see cref="StatisticsClient.ForecastAsync"/>.</summary>
public sealed record StatisticsForecastQuery
{
    /// <summary>How many calendar months, starting with the present one: 1 to 24, default 12.</summary>
    public int? Months { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("months", Months)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId);
}

/// <summary>Parameters of <see cref="StatisticsClient.MrrMovementsAsync"/>.</summary>
public sealed record StatisticsMrrMovementsQuery
{
    /// <summary>First day, in each product's own time zone. The default covers 30 days up to the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId);
}

/// <summary>Parameters of <see cref="StatisticsClient.ReasonsAsync"/>.</summary>
public sealed record StatisticsReasonsQuery
{
    /// <summary>First day, in each product's own time zone. The default covers 30 days up to the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId);
}

/// <summary>Parameters of <see cref="StatisticsClient.RetentionAsync"/>.</summary>
public sealed record StatisticsRetentionQuery
{
    /// <summary>First day, in each product's own time zone. The default covers 30 days up to the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId);
}

/// <summary>Parameters of <see cref="StatisticsClient.SummaryAsync"/>.</summary>
public sealed record StatisticsSummaryQuery
{
    /// <summary>First day, in each product's own time zone. The default covers 30 days up to the last day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>Only of this seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of this offer.</summary>
    public string? OfferId { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("from", From)
        .Add("to", To)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId);
}

/// <summary>Parameters of <see cref="SubscriptionsClient.GetAsync"/>.</summary>
public sealed record SubscriptionsGetQuery
{
    /// <summary>Shows the subscription as it was at this instant.</summary>
    public DateTimeOffset? AsOf { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("as_of", AsOf);
}

/// <summary>Parameters of <see cref="SubscriptionsClient.GetUsageAsync"/>.</summary>
public sealed record SubscriptionsGetUsageQuery
{
    /// <summary>
    /// The index of the period; the current or last one by default. 0 is the time before the first period, such as a trial.
    /// </summary>
    public int? Period { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("period", Period)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="SubscriptionsClient.ListChargebacksAsync"/>.</summary>
public sealed record SubscriptionsListChargebacksQuery
{
    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="SubscriptionsClient.ListCreditNotesAsync"/>.</summary>
public sealed record SubscriptionsListCreditNotesQuery
{
    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="SubscriptionsClient.ListEventsAsync"/>.</summary>
public sealed record SubscriptionsListEventsQuery
{
    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="SubscriptionsClient.ListInvoicesAsync"/>.</summary>
public sealed record SubscriptionsListInvoicesQuery
{
    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="SubscriptionsClient.ListMessagesAsync"/>.</summary>
public sealed record SubscriptionsListMessagesQuery
{
    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="SubscriptionsClient.ListAsync"/>.</summary>
public sealed record SubscriptionsListQuery
{
    /// <summary>
    /// Only in these statuses, separated by commas: pending, trialing, active, past_due, paused, canceled, expired,
    /// completed.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>Only of these sellers. Several are separated by commas: at most 50.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only of these products. Several are separated by commas: at most 50.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only of these plans. Several are separated by commas: at most 50.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only of these offers. Several are separated by commas: at most 50.</summary>
    public string? OfferId { get; init; }

    /// <summary>Only of these customers. Several are separated by commas: at most 50.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Only of customers with these mail addresses, in any case, separated by commas: at most 50.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>Only with this payment method on file.</summary>
    public string? PaymentToken { get; init; }

    /// <summary>Only with all these pairs, as in metadata[campaign]=june: at most 5.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Only what was created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was created before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>Only what is billed next at this instant or later.</summary>
    public DateTimeOffset? NextBillingFrom { get; init; }

    /// <summary>Only what is billed next before this instant.</summary>
    public DateTimeOffset? NextBillingTo { get; init; }

    /// <summary>Only what was canceled at this instant or later.</summary>
    public DateTimeOffset? CanceledFrom { get; init; }

    /// <summary>Only what was canceled before this instant.</summary>
    public DateTimeOffset? CanceledTo { get; init; }

    /// <summary>
    /// What to order by, with - in front from the last to the first. The default is the first range that is given, else
    /// created_at with payment_token or metadata, else id.
    /// </summary>
    public string? OrderBy { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("status", Status)
        .Add("seller_id", SellerId)
        .Add("product_id", ProductId)
        .Add("plan_id", PlanId)
        .Add("offer_id", OfferId)
        .Add("customer_id", CustomerId)
        .Add("customer_email", CustomerEmail)
        .Add("payment_token", PaymentToken)
        .Add("metadata", Metadata)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("next_billing_from", NextBillingFrom)
        .Add("next_billing_to", NextBillingTo)
        .Add("canceled_from", CanceledFrom)
        .Add("canceled_to", CanceledTo)
        .Add("order_by", OrderBy)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="WebhookEndpointsClient.ListDeliveriesAsync"/>.</summary>
public sealed record WebhookEndpointsListDeliveriesQuery
{
    /// <summary>Only in these statuses, separated by commas: delivered, waiting.</summary>
    public string? Status { get; init; }

    /// <summary>Only events that happened at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only events that happened before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>
    /// The most entries to return: 1 to 200, default 50. A page ends early before 1 MiB of data; next_cursor shows whether
    /// more follow.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("status", Status)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}

/// <summary>Parameters of <see cref="WebhookEndpointsClient.ListAsync"/>.</summary>
public sealed record WebhookEndpointsListQuery
{
    /// <summary>
    /// Only endpoints of these sellers. A seller gets its own without asking. Several are separated by commas: at most 50.
    /// </summary>
    public string? SellerId { get; init; }

    /// <summary>Only what was created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was created before this instant.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The most entries to return: 1 to 200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the previous page, with the same filters and order.</summary>
    public string? Cursor { get; init; }

    internal ApiPath At(string path) => new ApiPath(path)
        .Add("seller_id", SellerId)
        .Add("created_from", CreatedFrom)
        .Add("created_to", CreatedTo)
        .Add("limit", Limit)
        .Add("cursor", Cursor);
}
