// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Client;

/// <summary>A recurring extra on top of the plan.</summary>
public sealed record Addon
{
    /// <summary>The add-on's id, unique within the offer.</summary>
    public string Id { get; init; } = "";

    /// <summary>What invoices call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The price of one recurrence in minor units.</summary>
    public long Amount { get; init; }
}

/// <summary>The quantity of an add-on.</summary>
public sealed record AddonQuantity
{
    /// <summary>The add-on's id in the offer.</summary>
    public string Id { get; init; } = "";

    /// <summary>How many.</summary>
    public int Quantity { get; init; }
}

/// <summary>What one affiliate or co-producer brought in during the range, in one currency.</summary>
public sealed record Affiliate
{
    /// <summary>The affiliate or co-producer.</summary>
    public string PartyId { get; init; } = "";

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>
    /// First activations whose first period to be paid began in the range. A sum across subscriptions: an exact integer,
    /// which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Activations { get; init; }

    /// <summary>
    /// Renewals that fell due in the range and were paid. A sum across subscriptions: an exact integer, which may exceed
    /// 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Renewals { get; init; }

    /// <summary>
    /// Monthly recurring revenue of first activations in the range, in minor units, net of discounts. A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 NewMrr { get; init; }

    /// <summary>
    /// The party's shares of the money collected in the range, in minor units. A sum across subscriptions: an exact
    /// integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Earned { get; init; }

    /// <summary>
    /// The party's shares of the money returned in the range, in minor units. A sum across subscriptions: an exact integer,
    /// which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Refunded { get; init; }

    /// <summary>
    /// How many of the activations left within 90 days and did not return within them. A sum across subscriptions: an exact
    /// integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    [JsonPropertyName("lost_within_90_days")]
    public Int128 LostWithin90Days { get; init; }
}

/// <summary>Affiliates and co-producers, by id and currency.</summary>
public sealed record AffiliatesList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Affiliate> Data { get; init; } = [];
}

/// <summary>A simulation with its result, which is null until it is done.</summary>
public sealed record AnsweredSimulation
{
    /// <summary>The simulation's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>How far it is.</summary>
    public SimulationStatus Status { get; init; }

    /// <summary>What has been run so far.</summary>
    public SimulationProgress Progress { get; init; } = null!;

    /// <summary>Why it failed; null if it did not.</summary>
    public SimulationError? Error { get; init; }

    /// <summary>Decided who leaves and whose payment fails.</summary>
    public long Seed { get; init; }

    /// <summary>The instant at which both runs start: when it was asked for.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>The length of both runs in months.</summary>
    public int Months { get; init; }

    /// <summary>Which subscriptions it runs.</summary>
    public SimulationScope Scope { get; init; } = null!;

    /// <summary>What is different in the second run.</summary>
    public SimulationChanges Changes { get; init; } = null!;

    /// <summary>What both runs assume.</summary>
    public SimulationAssumptions Assumptions { get; init; } = null!;

    /// <summary>The figures of both runs; null until it is done.</summary>
    public SimulationResult? Result { get; init; }
}

/// <summary>A new API key. Only this answer shows its secret.</summary>
public sealed record ApiKey
{
    /// <summary>The key's id, which removes it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The secret, for Authorization: Bearer.</summary>
    public string Key { get; init; } = "";

    /// <summary>Whom the key stands for.</summary>
    public ApiKeyRole Role { get; init; }

    /// <summary>The seller; null for any other role.</summary>
    public string? SellerId { get; init; }

    /// <summary>The affiliate or co-producer; null for any other role.</summary>
    public string? PartyId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires; null if never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What people call it; null if nothing.</summary>
    public string? Name { get; init; }

    /// <summary>What the key is limited to; null if to nothing.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}

/// <summary>A page of API keys, ordered by id.</summary>
public sealed record ApiKeyPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<ListedApiKey> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>The amount owed to a party from a seller's products, in minor units; negative if the party owes.</summary>
public sealed record Balance
{
    /// <summary>The seller.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>The party: a seller, the platform, a co-producer or an affiliate.</summary>
    public string PartyId { get; init; } = "";

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Amount { get; init; }
}

/// <summary>What one event of a subscription moved on a balance.</summary>
public sealed record BalanceEntry
{
    /// <summary>The party: a seller, the platform, a co-producer or an affiliate.</summary>
    public string PartyId { get; init; } = "";

    /// <summary>The seller whose product was sold.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>The sale.</summary>
    public string SubscriptionId { get; init; } = "";

    /// <summary>
    /// The event of the subscription that moved it, as the feed and webhooks count them. With subscription and party it
    /// identifies the entry.
    /// </summary>
    public long Sequence { get; init; }

    /// <summary>Why it moved.</summary>
    public BalanceEntryKind Kind { get; init; }

    /// <summary>The invoice whose money moved.</summary>
    public string InvoiceId { get; init; } = "";

    /// <summary>The credit note that was issued; null if none was.</summary>
    public string? CreditNoteId { get; init; }

    /// <summary>The chargeback; null for anything else.</summary>
    public string? ChargebackId { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Minor units added to what the party is owed; negative when money went back.</summary>
    public long Amount { get; init; }

    /// <summary>When it moved.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A page of entries, newest first.</summary>
public sealed record BalanceEntryPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<BalanceEntry> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>A page of balances, ordered by seller, party and currency.</summary>
public sealed record BalancePage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Balance> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>The answer to one line of POST /v1/commands: `version` if the command was done, `error` if not.</summary>
public sealed record BulkAnswer
{
    /// <summary>The line's number, from 1.</summary>
    public long Line { get; init; }

    /// <summary>The HTTP status that the command would have had on its own route.</summary>
    public int Status { get; init; }

    /// <summary>The subscription; null if the line names none.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>The subscription's version after the command; null if it was not done.</summary>
    public long? Version { get; init; }

    /// <summary>True if the idempotency key was seen before and nothing new happened; omitted otherwise.</summary>
    public bool? Replayed { get; init; }

    /// <summary>Why the command was not done; null if it was done.</summary>
    public BulkError? Error { get; init; }
}

/// <summary>Why a line was not done.</summary>
public sealed record BulkError
{
    /// <summary>A stable code, the same as in problems.</summary>
    public string Code { get; init; } = "";

    /// <summary>One sentence for people.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The dotted path of the field at fault; null if there is none.</summary>
    public string? Field { get; init; }

    /// <summary>All faults of the line that were found at once; omitted if the line itself is good.</summary>
    public IReadOnlyList<Fault>? Errors { get; init; }
}

/// <summary>Who canceled or scheduled the cancellation, and why.</summary>
public sealed record Cancellation
{
    /// <summary>Who wanted it.</summary>
    public CancellationOrigin Origin { get; init; }

    /// <summary>The reason code; null if none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>The customer's own words; null if there are none.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether the customer wanted it.</summary>
    public bool Voluntary { get; init; }
}

/// <summary>
/// Gains and losses within a range of days. All figures use one population: a subscriber is a subscription that has had
/// a paid or given period and has not ended (active, past due or paused). Losses that are not a subscriber's
/// cancellation have their own fields.
/// </summary>
public sealed record CancellationFigures
{
    /// <summary>First day, in each product's own time zone.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public DateOnly To { get; init; }

    /// <summary>
    /// Subscribers who were canceled in the range; a scheduled cancellation counts when it takes effect. A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Canceled { get; init; }

    /// <summary>
    /// Subscribers at the end of the range; the denominator of rate. A sum across subscriptions: an exact integer, which
    /// may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Current { get; init; }

    /// <summary>
    /// Subscribers when the range began; the denominator of churn_start. A sum across subscriptions: an exact integer,
    /// which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 CurrentAtStart { get; init; }

    /// <summary>
    /// First activations: subscriptions that became a subscriber in the range for the first time. A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 New { get; init; }

    /// <summary>
    /// Subscriptions that became a subscriber again in the range. A sum across subscriptions: an exact integer, which may
    /// exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Reactivated { get; init; }

    /// <summary>
    /// Subscriptions that were canceled in their trial. They never were subscribers and appear in no other figure here. A
    /// sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 TrialsLost { get; init; }

    /// <summary>
    /// Subscriptions that ended without a first payment. They never were subscribers and appear in no other figure here. A
    /// sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 NeverPaid { get; init; }

    /// <summary>
    /// Subscribers whose fixed number of recurrences ran out. They are not canceled. A sum across subscriptions: an exact
    /// integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Completed { get; init; }

    /// <summary>canceled ÷ current; may exceed 1; null if current is 0.</summary>
    public decimal? Rate { get; init; }

    /// <summary>canceled ÷ current_at_start; may exceed 1; null if current_at_start is 0.</summary>
    public decimal? ChurnStart { get; init; }

    /// <summary>canceled ÷ churn_rolling_base; null if that is 0.</summary>
    public decimal? ChurnRolling { get; init; }

    /// <summary>
    /// current_at_start + new + reactivated: everyone who was a subscriber at any time in the range. A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 ChurnRollingBase { get; init; }

    /// <summary>
    /// Mean days from the start of service (including the trial) to the cancellation, of those canceled in the range.
    /// </summary>
    public decimal? LtDays { get; init; }

    /// <summary>
    /// Mean lifetime amount collected from those canceled in the range, in minor units, net of tax and of refunds. A later
    /// refund changes it. Null if several currencies are involved: see by_currency. A sum across subscriptions: an exact
    /// integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? Ltv { get; init; }

    /// <summary>The currency of ltv.</summary>
    public string? Currency { get; init; }

    /// <summary>Mean number of recurrences paid by those canceled in the range.</summary>
    public decimal? AveragePaidRecurrences { get; init; }

    /// <summary>
    /// Of canceled, those decided by the customer (origin customer). A sum across subscriptions: an exact integer, which
    /// may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Voluntary { get; init; }

    /// <summary>
    /// Of canceled, those decided by the seller or an administrator (origins seller, administrator). A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 SellerInitiated { get; init; }

    /// <summary>
    /// Of canceled, those decided by the system, such as after failed payments (origin system). A sum across subscriptions:
    /// an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Involuntary { get; init; }

    /// <summary>The same means, by each currency with a cancellation.</summary>
    public IReadOnlyList<CurrencyCancellations> ByCurrency { get; init; } = [];
}

/// <summary>By which ways a customer may be reached.</summary>
public sealed record Channels
{
    /// <summary>Whether the customer takes mails that are not required by law.</summary>
    public bool Email { get; init; }
}

/// <summary>A charge that the customer's bank took back, in full or in part.</summary>
public sealed record Chargeback
{
    /// <summary>The charge's key: the subscription's id, the invoice's number within it, and the attempt.</summary>
    public string Id { get; init; } = "";

    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; init; } = "";

    /// <summary>Who sells the subscription's product.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>Whose bank took it back.</summary>
    public string CustomerId { get; init; } = "";

    /// <summary>The invoice's number within the subscription.</summary>
    public int Invoice { get; init; }

    /// <summary>The attempt that had collected the money.</summary>
    public int Attempt { get; init; }

    /// <summary>Open until decided. If won, the money was returned.</summary>
    public DisputeStatus Status { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Minor units that the bank took.</summary>
    public long Amount { get; init; }

    /// <summary>Minor units of the subscription's credit that were set off against it.</summary>
    public long CreditTaken { get; init; }

    /// <summary>The bank's reason code.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>A page of chargebacks: those of one subscription oldest first, those of all newest first.</summary>
public sealed record ChargebackPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Chargeback> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>
/// Recent churn, computed as in the forecast. A simulation ignores involuntary churn here, because it fails those
/// payments itself.
/// </summary>
public sealed record ChurnHistory
{
    /// <summary>First day.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day, included.</summary>
    public DateOnly To { get; init; }

    /// <summary>
    /// Subscribers who were canceled. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a
    /// parser that keeps all digits.
    /// </summary>
    public Int128 Canceled { get; init; }

    /// <summary>
    /// Of canceled, those decided by the system. A sum across subscriptions: an exact integer, which may exceed 2^53 and
    /// 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Involuntary { get; init; }

    /// <summary>
    /// Subscribers when the range began. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use
    /// a parser that keeps all digits.
    /// </summary>
    public Int128 CurrentAtStart { get; init; }

    /// <summary>
    /// First activations. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that
    /// keeps all digits.
    /// </summary>
    public Int128 New { get; init; }

    /// <summary>
    /// Subscriptions that became a subscriber again. A sum across subscriptions: an exact integer, which may exceed 2^53
    /// and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Reactivated { get; init; }
}

/// <summary>By how many percent churn grows, relative to itself, for each percent of price increase.</summary>
public sealed record ChurnResponse
{
    /// <summary>Percent that churn grows for each percent of price increase.</summary>
    public decimal PerPricePercent { get; init; }
}

/// <summary>Business time.</summary>
public sealed record Clock
{
    /// <summary>The present instant of billing.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Whose clock it is.</summary>
    public ClockMode Mode { get; init; }
}

/// <summary>The clock after an advance.</summary>
public sealed record ClockAdvanced
{
    /// <summary>The current instant.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>
    /// Subscriptions skipped because their due work fails: the first 100, or null if there are none. GET /v1/quarantine
    /// lists all.
    /// </summary>
    public IReadOnlyList<Quarantined>? LeftOut { get; init; }
}

/// <summary>The silos of the cluster.</summary>
public sealed record Cluster
{
    /// <summary>Every member, in the order of the addresses.</summary>
    public IReadOnlyList<Silo> Silos { get; init; } = [];

    /// <summary>Groups of due work that no silo says it reads. One that stays here for seconds needs an operator.</summary>
    public IReadOnlyList<int> GroupsWithoutPump { get; init; } = [];

    /// <summary>Subscriptions in quarantine, as the pumps last saw it (every ten seconds, and not within a pass).</summary>
    public long Quarantined { get; init; }
}

/// <summary>
/// The subscriptions that started in one calendar month, and how many remained at the end of each month since.
/// </summary>
public sealed record Cohort
{
    /// <summary>The month of start.</summary>
    public string Month { get; init; } = "";

    /// <summary>
    /// How many of them became subscribers for the first time, up to the last day of the range. A sum across subscriptions:
    /// an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Joined { get; init; }

    /// <summary>How many remained, from the month of start on, oldest first.</summary>
    public IReadOnlyList<Retained> Retained { get; init; } = [];
}

/// <summary>Cohorts by month of start, oldest first.</summary>
public sealed record CohortList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Cohort> Data { get; init; } = [];
}

/// <summary>A link to the console. Only this answer shows it.</summary>
public sealed record ConsoleLink
{
    /// <summary>Opens the console, once. Its part after # is a secret.</summary>
    public string Url { get; init; } = "";

    /// <summary>When it stops working if nobody opened it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A session of the console. Only this answer shows its token.</summary>
public sealed record ConsoleSession
{
    /// <summary>For Authorization: Bearer. It may do what its key may do, and ends with it.</summary>
    public string Token { get; init; } = "";

    /// <summary>Whom the session stands for.</summary>
    public ApiKeyRole Role { get; init; }

    /// <summary>The seller; null for any other role.</summary>
    public string? SellerId { get; init; }

    /// <summary>The affiliate or co-producer; null for any other role.</summary>
    public string? PartyId { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What it is limited to; null if to nothing.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}

/// <summary>A coupon.</summary>
public sealed record Coupon
{
    /// <summary>The coupon's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>What customers type, case-insensitive.</summary>
    public string Code { get; init; } = "";

    /// <summary>The seller whose coupon it is.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>The only product that it is for; null for all of the seller's.</summary>
    public string? ProductId { get; init; }

    /// <summary>The only plans that it is for; empty for all.</summary>
    public IReadOnlyList<string> PlanIds { get; init; } = [];

    /// <summary>Percent off; null if it takes off an amount.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units off; null if it takes off a percentage.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217 code of the amount; null without one.</summary>
    public string? Currency { get; init; }

    /// <summary>How many recurrences it reduces.</summary>
    public CouponDuration Duration { get; init; }

    /// <summary>The number of recurrences that it reduces; null for all.</summary>
    public int? Recurrences { get; init; }

    /// <summary>How many subscriptions may redeem it; null if unlimited.</summary>
    public int? RedemptionsMax { get; init; }

    /// <summary>The first instant at which it can be redeemed; null if there is none.</summary>
    public DateTimeOffset? RedeemFrom { get; init; }

    /// <summary>The instant from which it can no longer be redeemed; null if there is none.</summary>
    public DateTimeOffset? RedeemUntil { get; init; }

    /// <summary>How many subscriptions redeemed it.</summary>
    public int Redemptions { get; init; }

    /// <summary>Whether it can no longer be redeemed and is hidden from lists of what can.</summary>
    public bool Archived { get; init; }

    /// <summary>When it was created; null for coupons from before this was stored.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>A page of coupons, ordered by id.</summary>
public sealed record CouponPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Coupon> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>A refund of an invoice.</summary>
public sealed record CreditNote
{
    /// <summary>The subscription's id and the credit note's number within it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; init; } = "";

    /// <summary>Who sells the subscription's product.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>Whose money it was.</summary>
    public string CustomerId { get; init; } = "";

    /// <summary>Gapless per seller; null until assigned.</summary>
    public long? Number { get; init; }

    /// <summary>The invoice's number within the subscription.</summary>
    public int Invoice { get; init; }

    /// <summary>Where the money went.</summary>
    public RefundTarget To { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Minor units, including tax.</summary>
    public long Amount { get; init; }

    /// <summary>The tax in the amount, in minor units.</summary>
    public long Tax { get; init; }

    /// <summary>The seller's own words.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was refunded.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>A page of credit notes: those of one subscription oldest first, those of all newest first.</summary>
public sealed record CreditNotePage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<CreditNote> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>Cancellations of subscribers in one currency.</summary>
public sealed record CurrencyCancellations
{
    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>
    /// Subscribers who were canceled. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a
    /// parser that keeps all digits.
    /// </summary>
    public Int128 Canceled { get; init; }

    /// <summary>
    /// Mean lifetime amount collected, in minor units, net of tax and of refunds. A sum across subscriptions: an exact
    /// integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Ltv { get; init; }

    /// <summary>Mean days from start to cancellation.</summary>
    public decimal LtDays { get; init; }

    /// <summary>Mean number of recurrences paid.</summary>
    public decimal AveragePaidRecurrences { get; init; }
}

/// <summary>A customer of the marketplace. Fields that are not known are null.</summary>
public sealed record Customer
{
    /// <summary>Your id of the customer.</summary>
    public string Id { get; init; } = "";

    /// <summary>The mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The name of the person or company.</summary>
    public string? Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }

    /// <summary>The language of mails and documents: a BCP 47 tag.</summary>
    public string? Locale { get; init; }

    /// <summary>The tax number, as it stands on invoices.</summary>
    public string? TaxId { get; init; }

    /// <summary>By which ways the customer may be reached.</summary>
    public Channels Channels { get; init; } = null!;

    /// <summary>Names and values of your own.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>When it was made, or first named by a subscription.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A page of customers, the newest first.</summary>
public sealed record CustomerPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Customer> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>A new customer token. Only this answer shows its secret. `seller_id` is null for all sellers.</summary>
public sealed record CustomerToken
{
    /// <summary>The token's id, which removes it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The secret, for Authorization: Bearer.</summary>
    public string Token { get; init; } = "";

    /// <summary>The customer.</summary>
    public string CustomerId { get; init; } = "";

    /// <summary>The only seller whose subscriptions it reaches; null for all sellers.</summary>
    public string? SellerId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>One day: gains, losses by origin, and the number of subscribers at its end.</summary>
public sealed record Daily
{
    /// <summary>The day, in each product's own time zone.</summary>
    public DateOnly Day { get; init; }

    /// <summary>
    /// First activations. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that
    /// keeps all digits.
    /// </summary>
    public Int128 New { get; init; }

    /// <summary>
    /// Subscriptions that became a subscriber again. A sum across subscriptions: an exact integer, which may exceed 2^53
    /// and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Reactivated { get; init; }

    /// <summary>
    /// Subscribers who were canceled; the sum of the four origins. A sum across subscriptions: an exact integer, which may
    /// exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Canceled { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Customer { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Administrator { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Seller { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 System { get; init; }

    /// <summary>
    /// Fixed terms that ran out. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser
    /// that keeps all digits.
    /// </summary>
    public Int128 Completed { get; init; }

    /// <summary>
    /// Subscriptions canceled during their trial. A sum across subscriptions: an exact integer, which may exceed 2^53 and
    /// 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 TrialsLost { get; init; }

    /// <summary>
    /// Subscriptions that ended without a first payment. A sum across subscriptions: an exact integer, which may exceed
    /// 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 NeverPaid { get; init; }

    /// <summary>
    /// Subscribers at the end of the day. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use
    /// a parser that keeps all digits.
    /// </summary>
    public Int128 Current { get; init; }

    /// <summary>canceled ÷ current; null if current is 0.</summary>
    public decimal? Rate { get; init; }
}

/// <summary>Days, oldest first.</summary>
public sealed record DailyList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Daily> Data { get; init; } = [];
}

/// <summary>A price reduction over a range of periods, both ends included: percent or amount.</summary>
public sealed record Discount
{
    /// <summary>Where it comes from.</summary>
    public DiscountSource Source { get; init; }

    /// <summary>The coupon or retention offer; null if the source alone identifies it.</summary>
    public string? Id { get; init; }

    /// <summary>The coupon's code; null for other sources.</summary>
    public string? Code { get; init; }

    /// <summary>Percent off.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units off.</summary>
    public long? Amount { get; init; }

    /// <summary>The first period.</summary>
    public int FromIndex { get; init; }

    /// <summary>The last period; null if unlimited.</summary>
    public int? ToIndex { get; init; }
}

/// <summary>A group of due work.</summary>
public sealed record DueGroup
{
    /// <summary>Its number, from 0.</summary>
    public int Group { get; init; }

    /// <summary>When its due work was last read, or worked on, by the machine's clock. It is read twice a second.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>How long its oldest due work had waited when it was read; 0 if nothing was due.</summary>
    public long OldestDueAgeMilliseconds { get; init; }
}

/// <summary>How declined charges are retried.</summary>
public sealed record Dunning
{
    /// <summary>Automatic retries after the first attempt.</summary>
    public int MaxRetries { get; init; }

    /// <summary>Days after the first attempt in which retries are made.</summary>
    public int WindowDays { get; init; }

    /// <summary>Days between consecutive attempts. When the list runs out, its last gap repeats.</summary>
    public IReadOnlyList<int> ScheduleDays { get; init; } = [];

    /// <summary>Whether recovery moves the billing date to the day of the successful payment.</summary>
    public bool MoveBillingDate { get; init; }

    /// <summary>What happens when the retries or the window run out.</summary>
    public ExhaustedAction OnExhausted { get; init; }
}

/// <summary>The changes to every dunning policy. Null fields do not change.</summary>
public sealed record DunningChange
{
    /// <summary>Automatic retries after the first attempt.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>Days after the first attempt in which retries are made.</summary>
    public int? WindowDays { get; init; }

    /// <summary>Days between consecutive attempts.</summary>
    public IReadOnlyList<int>? ScheduleDays { get; init; }

    /// <summary>Whether recovery moves the billing date to the day of the successful payment.</summary>
    public bool? MoveBillingDate { get; init; }

    /// <summary>What happens when the retries or the window run out.</summary>
    public ExhaustedAction? OnExhausted { get; init; }
}

/// <summary>A product that a customer has access to.</summary>
public sealed record Entitlement
{
    /// <summary>The product.</summary>
    public string ProductId { get; init; } = "";

    /// <summary>The plan of the subscription.</summary>
    public string PlanId { get; init; } = "";

    /// <summary>The offer of the subscription.</summary>
    public string OfferId { get; init; } = "";

    /// <summary>The subscription that gives access.</summary>
    public string SubscriptionId { get; init; } = "";

    /// <summary>Where that subscription is in its life.</summary>
    public SubscriptionStatus Status { get; init; }

    /// <summary>
    /// The first instant without access, as things stand. A renewal moves it; it may be past while one is late.
    /// </summary>
    public DateTimeOffset Until { get; init; }
}

/// <summary>A page of the products that a customer has access to now, ordered by id.</summary>
public sealed record EntitlementList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Entitlement> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>Something that happened to a subscription.</summary>
public sealed record Event
{
    /// <summary>The version that it produced.</summary>
    public long Sequence { get; init; }

    /// <summary>A stable name.</summary>
    public string Type { get; init; } = "";

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The stored content.</summary>
    public JsonElement Data { get; init; }
}

/// <summary>A page of events, oldest first.</summary>
public sealed record EventPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Event> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>One fault of a request.</summary>
public sealed record Fault
{
    /// <summary>A stable name of the fault.</summary>
    public string Code { get; init; } = "";

    /// <summary>What is wrong, for people.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The dotted path of the field at fault; omitted if it is no single field.</summary>
    public string? Field { get; init; }
}

/// <summary>What an event is about, as it was after the event.</summary>
public sealed record FeedData
{
    /// <summary>The subscription; null if the event is about an endpoint.</summary>
    public Subscription? Subscription { get; init; }

    /// <summary>The invoice; null if the event is not about one.</summary>
    public Invoice? Invoice { get; init; }

    /// <summary>The endpoint that was disabled, without its secret; null if the event is about a subscription.</summary>
    public WebhookEndpoint? Endpoint { get; init; }
}

/// <summary>Something that happened to a subscription, or an endpoint that was disabled, for integrators.</summary>
public sealed record FeedEvent
{
    /// <summary>The same each time the event is read or delivered.</summary>
    public string Id { get; init; } = "";

    /// <summary>What happened.</summary>
    public string Type { get; init; } = "";

    /// <summary>The subscription; null if it is about an endpoint.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>
    /// The subscription's version that it produced; null if it is about an endpoint. A gap is a version that has no event
    /// here.
    /// </summary>
    public long? Sequence { get; init; }

    /// <summary>The seller; null if it is about an endpoint of the marketplace.</summary>
    public string? SellerId { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version of this format.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>What it is about, as it was after the event.</summary>
    public FeedData Data { get; init; } = null!;
}

/// <summary>A page of the feed, in an order that never changes.</summary>
public sealed record FeedPage
{
    /// <summary>The events.</summary>
    public IReadOnlyList<FeedEvent> Data { get; init; } = [];

    /// <summary>Where to read on. It is always there, also at the end of the feed.</summary>
    public string NextCursor { get; init; } = "";

    /// <summary>Whether to read on at once. A page can be empty although there are more events.</summary>
    public bool HasMore { get; init; }

    /// <summary>Events of this page that cannot be shown, by subscription and version; omitted if there are none.</summary>
    public IReadOnlyList<Unreadable>? Unreadable { get; init; }
}

/// <summary>The revenue forecast of the present book, by month.</summary>
public sealed record Forecast
{
    /// <summary>The day on which the forecast was computed.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>How fast customers leave. It explains why `expected` is less than `contracted`.</summary>
    public ForecastChurn Churn { get; init; } = null!;

    /// <summary>By month and currency. The first month has only what is still to come in it.</summary>
    public IReadOnlyList<ForecastMonth> Data { get; init; } = [];
}

/// <summary>
/// Churn of the last 90 days. `rate` is canceled ÷ (current_at_start + new + reactivated), all of them subscribers;
/// `monthly` is the same for 30 days. Both are null if nobody could have left; then nobody is expected to leave.
/// </summary>
public sealed record ForecastChurn
{
    /// <summary>First day that churn was counted on.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day, included.</summary>
    public DateOnly To { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Canceled { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Involuntary { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 CurrentAtStart { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 New { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Reactivated { get; init; }

    /// <summary>The share of these subscribers who left; null if nobody could have left.</summary>
    public decimal? Rate { get; init; }

    /// <summary>The same for 30 days; null if nobody could have left.</summary>
    public decimal? Monthly { get; init; }
}

/// <summary>The forecast of one month, in minor units: contracted, and expected at the recent churn.</summary>
public sealed record ForecastMonth
{
    /// <summary>The calendar month, such as 2024-01.</summary>
    public string Month { get; init; } = "";

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Contracted { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Expected { get; init; }
}

/// <summary>Liveness or readiness of the gateway.</summary>
public sealed record Health
{
    /// <summary>Either live or ready.</summary>
    public string Status { get; init; } = "";
}

/// <summary>The length of a period.</summary>
public sealed record Interval
{
    /// <summary>The unit of count. Months and years are calendar months and years in the product's time zone.</summary>
    public IntervalUnit Unit { get; init; }

    /// <summary>How many units.</summary>
    public int Count { get; init; }
}

/// <summary>The invoice of a recurrence or a change, and how it was collected.</summary>
public sealed record Invoice
{
    /// <summary>The subscription's id and the invoice's number within it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; init; } = "";

    /// <summary>Who sells the subscription's product.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>Who pays it.</summary>
    public string CustomerId { get; init; } = "";

    /// <summary>Gapless per seller; null until assigned, shortly after the invoice was issued.</summary>
    public long? Number { get; init; }

    /// <summary>The period it bills.</summary>
    public Period Period { get; init; } = null!;

    /// <summary>Disputed while the customer's bank holds some of its money and the dispute is undecided.</summary>
    public InvoiceStatus Status { get; init; }

    /// <summary>
    /// Whether it is still collected and an attempt was declined, or was not possible for want of a payment method.
    /// </summary>
    public bool Overdue { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>The lines that add up to the total.</summary>
    public IReadOnlyList<InvoiceLine> Lines { get; init; } = [];

    /// <summary>The taxes included in it.</summary>
    public IReadOnlyList<InvoiceTax> Taxes { get; init; } = [];

    /// <summary>The number of monthly installments; null if paid at once.</summary>
    public int? Parts { get; init; }

    /// <summary>Minor units. A negative total became credit.</summary>
    public long Total { get; init; }

    /// <summary>Minor units collected, even late. Refunds and chargebacks do not lower it.</summary>
    public long Paid { get; init; }

    /// <summary>Minor units refunded.</summary>
    public long Refunded { get; init; }

    /// <summary>Minor units the customer's bank took back, without won disputes.</summary>
    public long ChargedBack { get; init; }

    /// <summary>Minor units taken off after it was issued.</summary>
    public long Credited { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was paid in full.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>All attempts to collect it, oldest first.</summary>
    public IReadOnlyList<InvoiceAttempt> Attempts { get; init; } = [];
}

/// <summary>One attempt to collect an invoice.</summary>
public sealed record InvoiceAttempt
{
    /// <summary>Counted from 1 within the invoice.</summary>
    public int Number { get; init; }

    /// <summary>When the provider was asked.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How it ended, or that it has not ended.</summary>
    public AttemptOutcome Outcome { get; init; }

    /// <summary>The provider's decline code; null if it was not declined.</summary>
    public string? Code { get; init; }
}

/// <summary>A line of an invoice.</summary>
public sealed record InvoiceLine
{
    /// <summary>The kind of line.</summary>
    public InvoiceLineType Type { get; init; }

    /// <summary>For people.</summary>
    public string Description { get; init; } = "";

    /// <summary>
    /// Minor units. For usage, the price of the meter's reading in the period, less what was billed for it in the period
    /// before.
    /// </summary>
    public long Amount { get; init; }

    /// <summary>The period it bills.</summary>
    public Period Period { get; init; } = null!;

    /// <summary>The meter's id for usage; null otherwise, and on invoices older than this field.</summary>
    public string? Meter { get; init; }
}

/// <summary>A page of invoices.</summary>
public sealed record InvoicePage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Invoice> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>
/// The invoice that a command would issue, line by line as it would be billed. If it would issue none, there is no
/// period and no line, and the total is 0.
/// </summary>
public sealed record InvoicePreview
{
    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; init; } = "";

    /// <summary>The period that it would bill; null if no invoice would be issued.</summary>
    public Period? Period { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>The lines that add up to the total.</summary>
    public IReadOnlyList<InvoiceLine> Lines { get; init; } = [];

    /// <summary>The taxes included in it.</summary>
    public IReadOnlyList<InvoiceTax> Taxes { get; init; } = [];

    /// <summary>The number of monthly installments; null if paid at once.</summary>
    public int? Parts { get; init; }

    /// <summary>Minor units. A negative total would become credit.</summary>
    public long Total { get; init; }
}

/// <summary>One tax of an invoice. Prices contain an inclusive tax; an exclusive tax is a line of its own.</summary>
public sealed record InvoiceTax
{
    /// <summary>What the product calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The customer's country, ISO 3166-1 alpha-2; null if the rate is for all others.</summary>
    public string? Country { get; init; }

    /// <summary>
    /// A percentage, stored in thousandths and written as a number with at most three decimals (12.5 means 12.5 %).
    /// </summary>
    public decimal Percent { get; init; }

    /// <summary>Whether the prices contain it.</summary>
    public bool Inclusive { get; init; }

    /// <summary>Minor units that are taxed.</summary>
    public long Base { get; init; }

    /// <summary>The tax in minor units.</summary>
    public long Amount { get; init; }
}

/// <summary>An API key or customer token without its secret.</summary>
public sealed record ListedApiKey
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>What people call it; null if nothing.</summary>
    public string? Name { get; init; }

    /// <summary>Whom it stands for.</summary>
    public KeyHolderRole Role { get; init; }

    /// <summary>The seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>The customer of a token; null for an API key.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The affiliate or co-producer; null for any other role.</summary>
    public string? PartyId { get; init; }

    /// <summary>What the key is limited to; null if to nothing.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires; null if never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to about a minute; null if never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>A loyalty reward: percent or amount.</summary>
public sealed record Loyalty
{
    /// <summary>Paid recurrences after which the reward begins.</summary>
    public int AfterRecurrences { get; init; }

    /// <summary>Percent off; null if it takes off an amount.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units off; null if it takes off a percentage.</summary>
    public long? Amount { get; init; }

    /// <summary>How many recurrences are reduced.</summary>
    public int Recurrences { get; init; }

    /// <summary>Whether it begins again after as many more paid recurrences.</summary>
    public bool Repeats { get; init; }
}

/// <summary>A message to other systems that waits for delivery.</summary>
public sealed record Message
{
    /// <summary>Identifies the message when it is removed.</summary>
    public long Position { get; init; }

    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; init; } = "";

    /// <summary>Orders the messages of a subscription.</summary>
    public long Sequence { get; init; }

    /// <summary>A stable name.</summary>
    public string Type { get; init; } = "";

    /// <summary>The seller of the product.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The content.</summary>
    public JsonElement Data { get; init; }
}

/// <summary>A page of waiting messages, oldest first.</summary>
public sealed record MessageList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Message> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>How many messages were removed.</summary>
public sealed record MessagesRemoved
{
    /// <summary>How many of the named messages waited until now.</summary>
    public int Removed { get; init; }
}

/// <summary>Metered usage in an offer.</summary>
public sealed record Meter
{
    /// <summary>The meter's id, unique within the offer.</summary>
    public string Id { get; init; } = "";

    /// <summary>What invoices call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>How the events of a period become one reading.</summary>
    public MeterAggregation Aggregation { get; init; }

    /// <summary>How the reading is priced.</summary>
    public MeterPricing Pricing { get; init; }

    /// <summary>The price with pricing per_unit or package; null otherwise.</summary>
    public UnitPrice? Price { get; init; }

    /// <summary>Units in a package with pricing package; null otherwise.</summary>
    public long? PackageUnits { get; init; }

    /// <summary>Units of each period that cost nothing.</summary>
    public long IncludedUnits { get; init; }

    /// <summary>The tiers with pricing graduated or volume; empty otherwise.</summary>
    public IReadOnlyList<MeterTier> Tiers { get; init; } = [];
}

/// <summary>What a meter reads at the end of a period, or now if the period is not over.</summary>
public sealed record MeterReading
{
    /// <summary>The meter's id in the offer.</summary>
    public string Meter { get; init; } = "";

    /// <summary>What invoices call it; null if a change within the period removed the meter.</summary>
    public string? Name { get; init; }

    /// <summary>The reading in units.</summary>
    public long Units { get; init; }

    /// <summary>
    /// What the units cost, in minor units without discounts and tax: 0 in a trial, null if the meter is gone.
    /// </summary>
    public long? Price { get; init; }
}

/// <summary>A tier up to and including a unit. The last tier has no limit.</summary>
public sealed record MeterTier
{
    /// <summary>The last unit of the tier; null in the last tier.</summary>
    public long? UpTo { get; init; }

    /// <summary>The price of the tier's units.</summary>
    public UnitPrice Price { get; init; } = null!;

    /// <summary>Minor units charged once if the tier is reached.</summary>
    public long Flat { get; init; }
}

/// <summary>An amount in minor units.</summary>
public sealed record Money
{
    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Amount { get; init; }
}

/// <summary>One month's cancellations. If they are grouped, the id of the group is present.</summary>
public sealed record MonthlyCancellations
{
    /// <summary>The calendar month, such as 2024-01. The first and the last cover only the days inside the range.</summary>
    public string Month { get; init; } = "";

    /// <summary>The product.</summary>
    public string? ProductId { get; init; }

    /// <summary>The plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>The offer.</summary>
    public string? OfferId { get; init; }

    /// <summary>First day, in each product's own time zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public DateOnly? To { get; init; }

    /// <summary>
    /// Subscribers who were canceled in the range; a scheduled cancellation counts when it takes effect. A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? Canceled { get; init; }

    /// <summary>
    /// Subscribers at the end of the range; the denominator of rate. A sum across subscriptions: an exact integer, which
    /// may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? Current { get; init; }

    /// <summary>
    /// Subscribers when the range began; the denominator of churn_start. A sum across subscriptions: an exact integer,
    /// which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? CurrentAtStart { get; init; }

    /// <summary>
    /// First activations: subscriptions that became a subscriber in the range for the first time. A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? New { get; init; }

    /// <summary>
    /// Subscriptions that became a subscriber again in the range. A sum across subscriptions: an exact integer, which may
    /// exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? Reactivated { get; init; }

    /// <summary>
    /// Subscriptions that were canceled in their trial. They never were subscribers and appear in no other figure here. A
    /// sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? TrialsLost { get; init; }

    /// <summary>
    /// Subscriptions that ended without a first payment. They never were subscribers and appear in no other figure here. A
    /// sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? NeverPaid { get; init; }

    /// <summary>
    /// Subscribers whose fixed number of recurrences ran out. They are not canceled. A sum across subscriptions: an exact
    /// integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? Completed { get; init; }

    /// <summary>canceled ÷ current; may exceed 1; null if current is 0.</summary>
    public decimal? Rate { get; init; }

    /// <summary>canceled ÷ current_at_start; may exceed 1; null if current_at_start is 0.</summary>
    public decimal? ChurnStart { get; init; }

    /// <summary>canceled ÷ churn_rolling_base; null if that is 0.</summary>
    public decimal? ChurnRolling { get; init; }

    /// <summary>
    /// current_at_start + new + reactivated: everyone who was a subscriber at any time in the range. A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? ChurnRollingBase { get; init; }

    /// <summary>
    /// Mean days from the start of service (including the trial) to the cancellation, of those canceled in the range.
    /// </summary>
    public decimal? LtDays { get; init; }

    /// <summary>
    /// Mean lifetime amount collected from those canceled in the range, in minor units, net of tax and of refunds. A later
    /// refund changes it. Null if several currencies are involved: see by_currency. A sum across subscriptions: an exact
    /// integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? Ltv { get; init; }

    /// <summary>The currency of ltv.</summary>
    public string? Currency { get; init; }

    /// <summary>Mean number of recurrences paid by those canceled in the range.</summary>
    public decimal? AveragePaidRecurrences { get; init; }

    /// <summary>
    /// Of canceled, those decided by the customer (origin customer). A sum across subscriptions: an exact integer, which
    /// may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? Voluntary { get; init; }

    /// <summary>
    /// Of canceled, those decided by the seller or an administrator (origins seller, administrator). A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? SellerInitiated { get; init; }

    /// <summary>
    /// Of canceled, those decided by the system, such as after failed payments (origin system). A sum across subscriptions:
    /// an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128? Involuntary { get; init; }

    /// <summary>The same means, by each currency with a cancellation.</summary>
    public IReadOnlyList<CurrencyCancellations>? ByCurrency { get; init; }
}

/// <summary>Cancellations by month, oldest first.</summary>
public sealed record MonthlyCancellationsList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<MonthlyCancellations> Data { get; init; } = [];
}

/// <summary>One version of an offer.</summary>
public sealed record Offer
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Counted from 1. Subscriptions keep the version that they started with.</summary>
    public int Version { get; init; }

    /// <summary>The plan.</summary>
    public string PlanId { get; init; } = "";

    /// <summary>The price of one recurrence in minor units, without add-ons.</summary>
    public long Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Extras that subscriptions can have.</summary>
    public IReadOnlyList<Addon> Addons { get; init; } = [];

    /// <summary>Usage that is metered and billed.</summary>
    public IReadOnlyList<Meter> Meters { get; init; } = [];

    /// <summary>Who else gets a share of each charge; the seller gets the rest.</summary>
    public IReadOnlyList<SplitPart> Split { get; init; } = [];

    /// <summary>Whether customers may switch to it themselves.</summary>
    public bool CustomersMayChoose { get; init; }

    /// <summary>Whether it is hidden from new sales.</summary>
    public bool Archived { get; init; }

    /// <summary>When its first version was created; null for offers from before this was stored.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>A different price for an offer. One of the two is null.</summary>
public sealed record OfferChange
{
    /// <summary>The offer.</summary>
    public string OfferId { get; init; } = "";

    /// <summary>The new price in minor units.</summary>
    public long? Amount { get; init; }

    /// <summary>The change of the price in percent.</summary>
    public decimal? PercentChange { get; init; }
}

/// <summary>A page of offers in their newest version, ordered by id.</summary>
public sealed record OfferPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Offer> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>One month's cancellations of subscribers by who canceled. Those by the system are involuntary.</summary>
public sealed record Origins
{
    /// <summary>The calendar month, such as 2024-01.</summary>
    public string Month { get; init; } = "";

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Customer { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Administrator { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Seller { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 System { get; init; }

    /// <summary>
    /// The sum of the four origins. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a
    /// parser that keeps all digits.
    /// </summary>
    public Int128 Canceled { get; init; }
}

/// <summary>Cancellations by month and origin, oldest first.</summary>
public sealed record OriginsList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Origins> Data { get; init; } = [];
}

/// <summary>How a customer pays.</summary>
public sealed record PaymentMethod
{
    /// <summary>The payment provider's token.</summary>
    public string Token { get; init; } = "";
}

/// <summary>A billing period, [start, end).</summary>
public sealed record Period
{
    /// <summary>Counted from 1.</summary>
    public int Index { get; init; }

    /// <summary>The first instant.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>The instant after the last.</summary>
    public DateTimeOffset End { get; init; }
}

/// <summary>
/// The usage of one period: each meter's reading, and a page of the events in the order in which they were recorded.
/// </summary>
public sealed record PeriodUsage
{
    /// <summary>The period's index; 0 for the time before the first period, such as a trial.</summary>
    public int PeriodIndex { get; init; }

    /// <summary>When the period begins and ends; null before the first period.</summary>
    public Period? Period { get; init; }

    /// <summary>The readings, by meter.</summary>
    public IReadOnlyList<MeterReading> Meters { get; init; } = [];

    /// <summary>The events.</summary>
    public IReadOnlyList<UsageEvent> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one. It continues in the same period.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>A plan of a product: how often it is billed.</summary>
public sealed record Plan
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The product.</summary>
    public string ProductId { get; init; } = "";

    /// <summary>What invoices call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What people read about it before they buy; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>How long a period is.</summary>
    public Interval Interval { get; init; } = null!;

    /// <summary>Days before the first period that cost nothing.</summary>
    public int TrialDays { get; init; }

    /// <summary>The number of periods after which a subscription is completed; null if unlimited.</summary>
    public int? Recurrences { get; init; }

    /// <summary>The number of monthly installments of each period's price; null if it is paid at once.</summary>
    public int? Installments { get; init; }

    /// <summary>How many days before a renewal the customer is notified; null if not.</summary>
    public int? RenewalAlertDays { get; init; }

    /// <summary>How declined charges are retried; null if as in the product.</summary>
    public Dunning? Dunning { get; init; }

    /// <summary>Whether it is hidden from new sales.</summary>
    public bool Archived { get; init; }

    /// <summary>When it was created; null for plans from before this was stored.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>A page of plans, ordered by id.</summary>
public sealed record PlanPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Plan> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>Why a request failed (RFC 9457), with a stable code and, if one field is at fault, its name.</summary>
public sealed record Problem
{
    /// <summary>A URN made from the code.</summary>
    public string Type { get; init; } = "";

    /// <summary>The code in plain words.</summary>
    public string Title { get; init; } = "";

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>A stable code for programs.</summary>
    public string Code { get; init; } = "";

    /// <summary>One sentence for people that says what is wrong.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The dotted path of the field, parameter or header at fault; omitted if there is none.</summary>
    public string? Field { get; init; }

    /// <summary>All faults that were found at once, at most 100. The first is also that of the problem itself.</summary>
    public IReadOnlyList<Fault>? Errors { get; init; }
}

/// <summary>What a seller sells.</summary>
public sealed record Product
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The seller.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>What invoices call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What people read about it before they buy; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>IANA time zone in which days and months are counted.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>How declined charges are retried.</summary>
    public Dunning Dunning { get; init; } = null!;

    /// <summary>What happens at the end of a trial without a payment method.</summary>
    public TrialWithoutPaymentMethod TrialWithoutPaymentMethod { get; init; }

    /// <summary>How it is taxed; null if not at all.</summary>
    public Tax? Tax { get; init; }

    /// <summary>The discount for customers who stay; null if there is none.</summary>
    public Loyalty? Loyalty { get; init; }

    /// <summary>What customers who want to cancel are offered instead; null if nothing.</summary>
    public Retention? Retention { get; init; }

    /// <summary>How long vouchers are valid.</summary>
    public VoucherTerms Voucher { get; init; } = null!;

    /// <summary>What a chargeback does to the subscription.</summary>
    public ChargebackAction OnChargeback { get; init; }

    /// <summary>Whether it is hidden from new sales.</summary>
    public bool Archived { get; init; }

    /// <summary>When it was created; null for products from before this was stored.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>A page of products, ordered by id.</summary>
public sealed record ProductPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Product> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>A page of the quarantine, ordered by subscription id.</summary>
public sealed record QuarantinePage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Quarantined> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>
/// A subscription whose due work keeps failing. It is excluded from due work until `next_try_at`, until it is released,
/// or until a command changes it.
/// </summary>
public sealed record Quarantined
{
    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; init; } = "";

    /// <summary>The version at which it is stuck.</summary>
    public long Version { get; init; }

    /// <summary>When its work became due, in billing time.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The outcome of the last attempt, for operators.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Failed attempts since the process that counts them started.</summary>
    public int Failures { get; init; }

    /// <summary>When it entered quarantine, by the machine's clock.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When it is retried, by the machine's clock: at most an hour after the last attempt.</summary>
    public DateTimeOffset NextTryAt { get; init; }
}

/// <summary>
/// A ratio with its numerator and denominator. Both count on the denominator's day, so the ratio never exceeds 1. It is
/// null if the denominator is 0.
/// </summary>
public sealed record Ratio
{
    /// <summary>Numerator ÷ denominator; null if the denominator is 0.</summary>
    public decimal? Rate { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Numerator { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Denominator { get; init; }
}

/// <summary>How often a reason was counted.</summary>
public sealed record ReasonCount
{
    /// <summary>A reason or decline code in lower case; `none` if there was none, `other` for any other text.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Count { get; init; }
}

/// <summary>One month's reasons, most frequent first.</summary>
public sealed record Reasons
{
    /// <summary>The calendar month, such as 2024-01.</summary>
    public string Month { get; init; } = "";

    /// <summary>Subscribers who were canceled, by reason; the counts add up to canceled.</summary>
    public IReadOnlyList<ReasonCount> Canceled { get; init; } = [];

    /// <summary>Subscriptions canceled during their trial, by reason.</summary>
    public IReadOnlyList<ReasonCount> TrialsLost { get; init; } = [];

    /// <summary>
    /// Subscriptions that ended without a first payment, by the last decline code, or without one by the reason for ending.
    /// </summary>
    public IReadOnlyList<ReasonCount> NeverPaid { get; init; } = [];

    /// <summary>Declined payment attempts, by code.</summary>
    public IReadOnlyList<ReasonCount> Declines { get; init; } = [];
}

/// <summary>Reasons by month, oldest first.</summary>
public sealed record ReasonsList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Reasons> Data { get; init; } = [];
}

/// <summary>A subscription that left the quarantine.</summary>
public sealed record Released
{
    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; init; } = "";
}

/// <summary>
/// How many of a cohort remained at the end of a month. The last month is cut to the last day of the range.
/// </summary>
public sealed record Retained
{
    /// <summary>The calendar month, such as 2024-01.</summary>
    public string Month { get; init; } = "";

    /// <summary>Months since the month of start.</summary>
    public int Age { get; init; }

    /// <summary>
    /// Remaining subscribers. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser
    /// that keeps all digits.
    /// </summary>
    public Int128 Count { get; init; }

    /// <summary>
    /// Those whose fixed term had run out by then. They do not count as having left. A sum across subscriptions: an exact
    /// integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Completed { get; init; }

    /// <summary>Count ÷ joined; null if nobody joined.</summary>
    public decimal? Rate { get; init; }
}

/// <summary>Retention offers for customers who ask to cancel.</summary>
public sealed record Retention
{
    /// <summary>Assigns customers to groups.</summary>
    public long Seed { get; init; }

    /// <summary>Whole percent of customers who are offered nothing, for comparison.</summary>
    public int ControlPercent { get; init; }

    /// <summary>Whole percent of customers who get a random matching offer.</summary>
    public int ExplorePercent { get; init; }

    /// <summary>Days without a new offer after one was accepted.</summary>
    public int QuietDays { get; init; }

    /// <summary>What customers can be offered.</summary>
    public IReadOnlyList<RetentionOffer> Offers { get; init; } = [];
}

/// <summary>The answer to POST …/retention: what the customer is offered instead of canceling, or null.</summary>
public sealed record RetentionAnswer
{
    /// <summary>What the customer is offered; null if nothing.</summary>
    public RetentionOffer? Offer { get; init; }

    /// <summary>The subscription after the question.</summary>
    public Subscription Subscription { get; init; } = null!;
}

/// <summary>
/// The retention offer made to the customer. Without an id, none was made: no offer matched, or the customer is in the
/// control group.
/// </summary>
public sealed record RetentionAssignment
{
    /// <summary>The retention offer's id; null if none was made.</summary>
    public string? Id { get; init; }

    /// <summary>The reason that the customer gave; null if none.</summary>
    public string? Reason { get; init; }
}

/// <summary>Percent or amount off, for some recurrences.</summary>
public sealed record RetentionDiscount
{
    /// <summary>Percent off; null if it takes off an amount.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units off; null if it takes off a percentage.</summary>
    public long? Amount { get; init; }

    /// <summary>How many recurrences are reduced; null for all.</summary>
    public int? Recurrences { get; init; }
}

/// <summary>A retention offer. Exactly one of discount, pause and offer is not null.</summary>
public sealed record RetentionOffer
{
    /// <summary>The retention offer's id, unique within the product.</summary>
    public string Id { get; init; } = "";

    /// <summary>Only for customers who give one of these reasons; empty for all.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Only for customers who paid so many recurrences.</summary>
    public int PaidRecurrencesMin { get; init; }

    /// <summary>The discount; null if it offers something else.</summary>
    public RetentionDiscount? Discount { get; init; }

    /// <summary>The days of the pause; null if it offers something else.</summary>
    public int? PauseDays { get; init; }

    /// <summary>The cheaper offer of the product; null if it offers something else.</summary>
    public string? OfferId { get; init; }
}

/// <summary>The effect of one variant of a product's retention offers on those who asked to cancel.</summary>
public sealed record RetentionVariant
{
    /// <summary>Its position among the product's retention offers, from 1; 0 is the control group.</summary>
    public int Variant { get; init; }

    /// <summary>The retention offer's id; null for the control group.</summary>
    public string? OfferId { get; init; }

    /// <summary>
    /// How many were assigned to it, without those who asked again and were assigned to another. A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Assigned { get; init; }

    /// <summary>
    /// How many accepted. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that
    /// keeps all digits.
    /// </summary>
    public Int128 Accepted { get; init; }

    /// <summary>
    /// How many canceled without accepting. They may have been assigned before the range. A sum across subscriptions: an
    /// exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Lost { get; init; }

    /// <summary>1 − lost ÷ assigned, never below 0; null if nobody was assigned.</summary>
    public decimal? SavedRate { get; init; }
}

/// <summary>The control group and every variant, in order.</summary>
public sealed record RetentionVariantsList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<RetentionVariant> Data { get; init; } = [];
}

/// <summary>The dunning of the oldest overdue invoice.</summary>
public sealed record Retry
{
    /// <summary>The number of attempts made.</summary>
    public int Attempt { get; init; }

    /// <summary>When it is retried automatically.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The provider's last decline code.</summary>
    public string? LastCode { get; init; }
}

/// <summary>
/// How monthly recurring revenue changed in one calendar month, in minor units, net of the discounts in force. `start`
/// and the movements add up to `end`. `completed` is from fixed terms that ran out, `churn` only from cancellations.
/// `moved` is what plan changes moved in from, or out to, other plans and offers; it is 0 unless the question is about
/// one plan or offer.
/// </summary>
public sealed record RevenueMovements
{
    /// <summary>The calendar month, such as 2024-01.</summary>
    public string Month { get; init; } = "";

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Start { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 New { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Expansion { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Contraction { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Churn { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Completed { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Reactivation { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Paused { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Resumed { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Moved { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 End { get; init; }
}

/// <summary>Movements by month and currency, oldest first.</summary>
public sealed record RevenueMovementsList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<RevenueMovements> Data { get; init; } = [];
}

/// <summary>The answer at the root path.</summary>
public sealed record Root
{
    /// <summary>The name of the service.</summary>
    public string Name { get; init; } = "";

    /// <summary>The path of the OpenAPI document.</summary>
    public string Api { get; init; } = "";

    /// <summary>The path of the API reference, for people.</summary>
    public string Docs { get; init; } = "";

    /// <summary>The path of the readiness check.</summary>
    public string Health { get; init; } = "";
}

/// <summary>The change that takes effect at the end of the subscription's period or trial.</summary>
public sealed record ScheduledChange
{
    /// <summary>The offer after the change.</summary>
    public string OfferId { get; init; } = "";

    /// <summary>The version of that offer.</summary>
    public int OfferVersion { get; init; }

    /// <summary>How many of the plan after the change.</summary>
    public int Quantity { get; init; }

    /// <summary>All add-ons after the change.</summary>
    public IReadOnlyList<AddonQuantity> Addons { get; init; } = [];
}

/// <summary>A pause that begins at the end of the period.</summary>
public sealed record ScheduledPause
{
    /// <summary>When it begins.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it ends by itself; null if it lasts until resumed.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>
/// Something that a search found. The field that bears the name of its type holds it whole; the other two are null.
/// </summary>
public sealed record SearchResult
{
    /// <summary>What it is.</summary>
    public SearchType Type { get; init; }

    /// <summary>Its id.</summary>
    public string Id { get; init; } = "";

    /// <summary>By what it was found. A subscription of a customer that was found says "customer".</summary>
    public SearchMatch MatchedBy { get; init; }

    /// <summary>The subscription as it is now.</summary>
    public Subscription? Subscription { get; init; }

    /// <summary>The customer as it is now.</summary>
    public Customer? Customer { get; init; }

    /// <summary>The invoice as it is now.</summary>
    public Invoice? Invoice { get; init; }
}

/// <summary>What a search found, the best match first.</summary>
public sealed record SearchResultList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<SearchResult> Data { get; init; } = [];
}

/// <summary>Who sells. Fields that are not known are null.</summary>
public sealed record Seller
{
    /// <summary>The seller.</summary>
    public string Id { get; init; } = "";

    /// <summary>What customers know the seller by.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name in contracts and on invoices.</summary>
    public string? LegalName { get; init; }

    /// <summary>The postal address.</summary>
    public SellerAddress? Address { get; init; }

    /// <summary>The tax number, as it stands on invoices.</summary>
    public string? TaxId { get; init; }

    /// <summary>Where customers and the marketplace reach the seller.</summary>
    public string? Email { get; init; }

    /// <summary>The seller's language: a BCP 47 tag.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA time zone of reports.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Addresses that customers may be sent back to.</summary>
    public IReadOnlyList<string> ReturnUrls { get; init; } = [];
}

/// <summary>A postal address.</summary>
public sealed record SellerAddress
{
    /// <summary>Street and number, and what else stands above the city.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>The city.</summary>
    public string? City { get; init; }

    /// <summary>The state or province.</summary>
    public string? Region { get; init; }

    /// <summary>The postal code.</summary>
    public string? PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }
}

/// <summary>What a seller's logo is like.</summary>
public sealed record SellerLogo
{
    /// <summary>The seller.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>The media type of the picture.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>In pixels.</summary>
    public int Width { get; init; }

    /// <summary>In pixels.</summary>
    public int Height { get; init; }

    /// <summary>The size of the picture.</summary>
    public int Bytes { get; init; }
}

/// <summary>A silo. If it does not answer, its figures are null and it has no groups.</summary>
public sealed record Silo
{
    /// <summary>IP address, port and generation, a number that a restart changes.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whether it answered within a second.</summary>
    public bool Answers { get; init; }

    /// <summary>The version of its program.</summary>
    public string? Version { get; init; }

    /// <summary>Live subscriptions and pumps.</summary>
    public int? Grains { get; init; }

    /// <summary>Whether the database answers it and accepts commits.</summary>
    public bool? DatabaseAnswers { get; init; }

    /// <summary>Commits that wait to be written, including those being written.</summary>
    public long? CommitsWaiting { get; init; }

    /// <summary>Calls to the payment provider that wait or are in flight.</summary>
    public int? PaymentsWaiting { get; init; }

    /// <summary>The groups of due work that it reads.</summary>
    public IReadOnlyList<DueGroup> Groups { get; init; } = [];
}

/// <summary>A simulation: the request and its progress.</summary>
public sealed record Simulation
{
    /// <summary>The simulation's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>How far it is.</summary>
    public SimulationStatus Status { get; init; }

    /// <summary>What has been run so far.</summary>
    public SimulationProgress Progress { get; init; } = null!;

    /// <summary>Why it failed; null if it did not.</summary>
    public SimulationError? Error { get; init; }

    /// <summary>Decided who leaves and whose payment fails.</summary>
    public long Seed { get; init; }

    /// <summary>The instant at which both runs start: when it was asked for.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>The length of both runs in months.</summary>
    public int Months { get; init; }

    /// <summary>Which subscriptions it runs.</summary>
    public SimulationScope Scope { get; init; } = null!;

    /// <summary>What is different in the second run.</summary>
    public SimulationChanges Changes { get; init; } = null!;

    /// <summary>What both runs assume.</summary>
    public SimulationAssumptions Assumptions { get; init; } = null!;
}

/// <summary>
/// The assumptions of both runs. Churn was derived from `churn_history`, which is null if churn was given.
/// </summary>
public sealed record SimulationAssumptions
{
    /// <summary>Percent of first charges that succeed.</summary>
    public decimal PaymentSuccessPercent { get; init; }

    /// <summary>Percent of retries that succeed.</summary>
    public decimal RetrySuccessPercent { get; init; }

    /// <summary>Percent of subscribers who cancel in a month.</summary>
    public decimal MonthlyChurnPercent { get; init; }

    /// <summary>What the monthly churn was derived from; null if it was given.</summary>
    public ChurnHistory? ChurnHistory { get; init; }

    /// <summary>How customers react to a price increase.</summary>
    public ChurnResponse ChurnResponse { get; init; } = null!;

    /// <summary>The most subscriptions that are run.</summary>
    public int SubscriptionsMax { get; init; }
}

/// <summary>The changes in the second run.</summary>
public sealed record SimulationChanges
{
    /// <summary>Offers with another price.</summary>
    public IReadOnlyList<OfferChange> Offers { get; init; } = [];

    /// <summary>The change of every dunning policy; null if there is none.</summary>
    public DunningChange? Dunning { get; init; }

    /// <summary>Who pays the new prices.</summary>
    public PriceScope ApplyTo { get; init; }
}

/// <summary>Why a simulation failed.</summary>
public sealed record SimulationError
{
    /// <summary>A stable code for programs.</summary>
    public string Code { get; init; } = "";

    /// <summary>One sentence for people.</summary>
    public string Detail { get; init; } = "";
}

/// <summary>
/// Figures of a month or of the whole run. `mrr` and `current` are as of its end, flows are within it. `churn_start` is
/// canceled ÷ current at its start, with six decimals; null if that is 0.
/// </summary>
public sealed record SimulationFigures
{
    /// <summary>Counted from 1; omitted in totals.</summary>
    public int? Month { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>
    /// Monthly recurring revenue at the end, in minor units. A sum across subscriptions: an exact integer, which may exceed
    /// 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Mrr { get; init; }

    /// <summary>
    /// Subscribers at the end. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser
    /// that keeps all digits.
    /// </summary>
    public Int128 Current { get; init; }

    /// <summary>
    /// Subscribers who canceled themselves. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63.
    /// Use a parser that keeps all digits.
    /// </summary>
    public Int128 CanceledVoluntary { get; init; }

    /// <summary>
    /// Subscribers canceled after failed payments. A sum across subscriptions: an exact integer, which may exceed 2^53 and
    /// 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 CanceledInvoluntary { get; init; }

    /// <summary>Canceled ÷ current at the start, with six decimals; null if that is 0.</summary>
    public decimal? ChurnStart { get; init; }

    /// <summary>
    /// How many invoices were issued. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a
    /// parser that keeps all digits.
    /// </summary>
    public Int128 Invoices { get; init; }

    /// <summary>
    /// Their total in minor units. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a
    /// parser that keeps all digits.
    /// </summary>
    public Int128 Invoiced { get; init; }

    /// <summary>
    /// Minor units collected. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser
    /// that keeps all digits.
    /// </summary>
    public Int128 Collected { get; init; }
}

/// <summary>The simulations that the caller may see, newest first.</summary>
public sealed record SimulationList
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Simulation> Data { get; init; } = [];
}

/// <summary>How far a simulation is.</summary>
public sealed record SimulationProgress
{
    /// <summary>How many subscriptions both runs have finished.</summary>
    public long SubscriptionsDone { get; init; }

    /// <summary>How many subscriptions it runs.</summary>
    public long SubscriptionsTotal { get; init; }

    /// <summary>The length of both runs in months.</summary>
    public int Months { get; init; }
}

/// <summary>
/// The results of both runs and their difference. Figures cover only the subscriptions that were run. For a sample,
/// multiply them by `factor` to scale to the whole book.
/// </summary>
public sealed record SimulationResult
{
    /// <summary>Which share of the book was run.</summary>
    public SimulationSample Sample { get; init; } = null!;

    /// <summary>Subscriptions whose run ended early because they had too many steps.</summary>
    public long CutShort { get; init; }

    /// <summary>The book when both runs started.</summary>
    public IReadOnlyList<SimulationStart> Start { get; init; } = [];

    /// <summary>The run without changes.</summary>
    public SimulationRun Baseline { get; init; } = null!;

    /// <summary>The run with the changes.</summary>
    public SimulationRun Changed { get; init; } = null!;

    /// <summary>Changed less baseline.</summary>
    public SimulationRun Difference { get; init; } = null!;
}

/// <summary>One run, or the difference of the two: by month and currency, and in total.</summary>
public sealed record SimulationRun
{
    /// <summary>By month and currency.</summary>
    public IReadOnlyList<SimulationFigures> Months { get; init; } = [];

    /// <summary>By currency, over all months.</summary>
    public IReadOnlyList<SimulationFigures> Totals { get; init; } = [];
}

/// <summary>The share of the book that was run.</summary>
public sealed record SimulationSample
{
    /// <summary>The number of subscriptions run.</summary>
    public long Taken { get; init; }

    /// <summary>The number of subscriptions in the book.</summary>
    public long Of { get; init; }

    /// <summary>Of ÷ taken; null if nothing was run.</summary>
    public decimal? Factor { get; init; }
}

/// <summary>The subscriptions in the simulation. Null fields do not restrict it.</summary>
public sealed record SimulationScope
{
    /// <summary>Only this seller's subscriptions.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only subscriptions of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only subscriptions of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only subscriptions of this offer.</summary>
    public string? OfferId { get; init; }
}

/// <summary>The starting point of both runs, by currency.</summary>
public sealed record SimulationStart
{
    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>
    /// Monthly recurring revenue in minor units. A sum across subscriptions: an exact integer, which may exceed 2^53 and
    /// 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Mrr { get; init; }

    /// <summary>
    /// Subscribers. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps
    /// all digits.
    /// </summary>
    public Int128 Current { get; init; }
}

/// <summary>A party's share of every charge: percent or amount.</summary>
public sealed record SplitPart
{
    /// <summary>Why the party gets a share.</summary>
    public SplitRole Role { get; init; }

    /// <summary>The party; null for the affiliate who referred the subscription.</summary>
    public string? PartyId { get; init; }

    /// <summary>Percent of the charge net of tax; null if the share is an amount.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units of each charge; null if the share is a percentage.</summary>
    public long? Amount { get; init; }
}

/// <summary>Subscriptions by status.</summary>
public sealed record StatusCounts
{
    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Pending { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Trialing { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Active { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 PastDue { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Paused { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Canceled { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Expired { get; init; }

    /// <summary>
    /// A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Completed { get; init; }
}

/// <summary>A subscription. Fields that do not apply are null.</summary>
public sealed record Subscription
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Grows by one with everything that happens to it.</summary>
    public long Version { get; init; }

    /// <summary>Where it is in its life.</summary>
    public SubscriptionStatus Status { get; init; }

    /// <summary>The seller.</summary>
    public string SellerId { get; init; } = "";

    /// <summary>The product.</summary>
    public string ProductId { get; init; } = "";

    /// <summary>The plan.</summary>
    public string PlanId { get; init; } = "";

    /// <summary>The offer.</summary>
    public string OfferId { get; init; } = "";

    /// <summary>The version of the offer that it bought.</summary>
    public int OfferVersion { get; init; }

    /// <summary>Who subscribes.</summary>
    public SubscriptionCustomer Customer { get; init; } = null!;

    /// <summary>The offer's price of one recurrence in minor units, without quantity, add-ons and discounts.</summary>
    public long Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>How long a period is.</summary>
    public Interval Interval { get; init; } = null!;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When service started, trial included; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the trial ends or ended; null if there is none.</summary>
    public DateTimeOffset? TrialEnd { get; init; }

    /// <summary>The current or last period; null before the first.</summary>
    public Period? CurrentPeriod { get; init; }

    /// <summary>When the next period starts and is charged; null if that does not happen by itself.</summary>
    public DateTimeOffset? NextBillingAt { get; init; }

    /// <summary>When a scheduled cancellation takes effect; null if there is none.</summary>
    public DateTimeOffset? CancelAt { get; init; }

    /// <summary>When it was canceled; null if it was not.</summary>
    public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>The cancellation, also one that is only scheduled; null if there is none.</summary>
    public Cancellation? Cancellation { get; init; }

    /// <summary>How many recurrences were paid.</summary>
    public int PaidRecurrences { get; init; }

    /// <summary>Minor units collected so far, without what was refunded.</summary>
    public long LifetimePaid { get; init; }

    /// <summary>Minor units that reduce the next invoices.</summary>
    public long Credit { get; init; }

    /// <summary>The dunning of the oldest overdue invoice; null if nothing is overdue.</summary>
    public Retry? Retry { get; init; }

    /// <summary>How the customer pays; null if nothing is on file.</summary>
    public PaymentMethod? PaymentMethod { get; init; }

    /// <summary>When a running pause ends by itself; null if it is not paused or lasts until resumed.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Names and values of your own; null if there are none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>How many of the plan.</summary>
    public int Quantity { get; init; }

    /// <summary>The add-ons that it has.</summary>
    public IReadOnlyList<AddonQuantity> Addons { get; init; } = [];

    /// <summary>Who referred the customer; null if nobody.</summary>
    public string? AffiliateId { get; init; }

    /// <summary>The plan change that takes effect at the end of the period; null if there is none.</summary>
    public ScheduledChange? ScheduledChange { get; init; }

    /// <summary>The pause that begins at the end of the period; null if there is none.</summary>
    public ScheduledPause? PauseScheduled { get; init; }

    /// <summary>The discounts in force.</summary>
    public IReadOnlyList<Discount> Discounts { get; init; } = [];

    /// <summary>The meters' readings in the current or last period.</summary>
    public IReadOnlyList<Usage> Usage { get; init; } = [];

    /// <summary>The voucher that waits for payment; null if there is none.</summary>
    public Voucher? Voucher { get; init; }

    /// <summary>The retention offer that was made last; null if the customer never asked.</summary>
    public RetentionAssignment? Retention { get; init; }
}

/// <summary>Who subscribes.</summary>
public sealed record SubscriptionCustomer
{
    /// <summary>Your id of the customer.</summary>
    public string Id { get; init; } = "";

    /// <summary>The customer's present mail address; null if it is not known.</summary>
    public string? Email { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code, by which this subscription is taxed; null if it is not known.</summary>
    public string? Country { get; init; }
}

/// <summary>A message between the customer and the seller.</summary>
public sealed record SubscriptionMessage
{
    /// <summary>The message's id. The event message_sent of the subscription names it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The version of the subscription that the message made.</summary>
    public long Sequence { get; init; }

    /// <summary>Who sent it.</summary>
    public MessageSender From { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The message.</summary>
    public string Text { get; init; } = "";
}

/// <summary>A page of a subscription's messages, oldest first.</summary>
public sealed record SubscriptionMessagePage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<SubscriptionMessage> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>A page of subscriptions, ordered by id.</summary>
public sealed record SubscriptionPage
{
    /// <summary>The subscriptions.</summary>
    public IReadOnlyList<Subscription> Data { get; init; } = [];

    /// <summary>Where the next page begins.</summary>
    public string? NextCursor { get; init; }

    /// <summary>Subscriptions of this page that cannot be read; omitted if there are none.</summary>
    public IReadOnlyList<Unreadable>? Unreadable { get; init; }
}

/// <summary>Key figures: gauges as of the end of the range, flows within it.</summary>
public sealed record Summary
{
    /// <summary>First day, in each product's own time zone.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public DateOnly To { get; init; }

    /// <summary>
    /// Monthly recurring revenue of active and past due subscribers at the end of the range, net of active discounts,
    /// without trials and usage.
    /// </summary>
    public IReadOnlyList<Money> Mrr { get; init; } = [];

    /// <summary>Monthly recurring revenue at list price, without discounts.</summary>
    public IReadOnlyList<Money> MrrList { get; init; } = [];

    /// <summary>
    /// Subscriptions by status at the end of the range. An active or past due one whose first period was never paid is not
    /// yet a subscriber.
    /// </summary>
    public StatusCounts Counts { get; init; } = null!;

    /// <summary>
    /// Subscribers at the end of the range: they have had a paid or given period and have not ended. A sum across
    /// subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Current { get; init; }

    /// <summary>
    /// First activations in the range. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a
    /// parser that keeps all digits.
    /// </summary>
    public Int128 New { get; init; }

    /// <summary>
    /// Subscriptions that became a subscriber again in the range. A sum across subscriptions: an exact integer, which may
    /// exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Reactivated { get; init; }

    /// <summary>
    /// Subscribers who were canceled in the range. A sum across subscriptions: an exact integer, which may exceed 2^53 and
    /// 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Canceled { get; init; }

    /// <summary>
    /// Of canceled, those decided by the customer. A sum across subscriptions: an exact integer, which may exceed 2^53 and
    /// 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Voluntary { get; init; }

    /// <summary>
    /// Of canceled, those decided by the seller or an administrator. A sum across subscriptions: an exact integer, which
    /// may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 SellerInitiated { get; init; }

    /// <summary>
    /// Of canceled, those decided by the system. A sum across subscriptions: an exact integer, which may exceed 2^53 and
    /// 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Involuntary { get; init; }

    /// <summary>
    /// Subscriptions canceled during their trial. A sum across subscriptions: an exact integer, which may exceed 2^53 and
    /// 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 TrialsLost { get; init; }

    /// <summary>
    /// Subscriptions that ended without a first payment. A sum across subscriptions: an exact integer, which may exceed
    /// 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 NeverPaid { get; init; }

    /// <summary>
    /// Fixed terms that ran out. A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser
    /// that keeps all digits.
    /// </summary>
    public Int128 Completed { get; init; }

    /// <summary>
    /// Of the trials that ended in the range, how many were followed by a given period, or by one paid in full or in part.
    /// A reactivation after a lost trial does not count.
    /// </summary>
    public Ratio TrialConversion { get; init; } = null!;

    /// <summary>
    /// Of the invoices, or parts of one, first charged in the range and then overdue, how many were collected later.
    /// </summary>
    public Ratio RecoveryRate { get; init; } = null!;

    /// <summary>
    /// Of the periods that ended in the range, how many were followed by a paid or given one. A subscriber who left after a
    /// paid period was not renewed. Fixed terms that ran out do not count. An invoice in installments is paid with its last
    /// one.
    /// </summary>
    public Ratio RenewalRate { get; init; } = null!;

    /// <summary>Of the renewals that fell due in the range and had a price, how many have been paid.</summary>
    public Ratio RenewalPaymentRate { get; init; } = null!;

    /// <summary>Money received, including tax.</summary>
    public IReadOnlyList<Money> Collected { get; init; } = [];

    /// <summary>Money returned, including tax.</summary>
    public IReadOnlyList<Money> Refunded { get; init; } = [];

    /// <summary>
    /// Paid recurrences; one in installments counts with its last installment. A sum across subscriptions: an exact
    /// integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 PaidRecurrences { get; init; }

    /// <summary>
    /// Charges that customers' banks charged back. A sum across subscriptions: an exact integer, which may exceed 2^53 and
    /// 2^63. Use a parser that keeps all digits.
    /// </summary>
    public Int128 Chargebacks { get; init; }

    /// <summary>The amount of those chargebacks.</summary>
    public IReadOnlyList<Money> ChargedBack { get; init; } = [];
}

/// <summary>How a product is taxed.</summary>
public sealed record Tax
{
    /// <summary>Whether prices contain the tax. Otherwise it is added.</summary>
    public bool Inclusive { get; init; }

    /// <summary>The taxes.</summary>
    public IReadOnlyList<TaxRate> Rates { get; init; } = [];
}

/// <summary>
/// A tax of one country. Without a country, it applies to all countries that have no rate of their own.
/// </summary>
public sealed record TaxRate
{
    /// <summary>ISO 3166-1 alpha-2 code; null for all other countries.</summary>
    public string? Country { get; init; }

    /// <summary>What invoices call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// A percentage, stored in thousandths and written as a number with at most three decimals (12.5 means 12.5 %).
    /// </summary>
    public decimal Percent { get; init; }
}

/// <summary>A price of `amount` minor units for `per` units.</summary>
public sealed record UnitPrice
{
    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    /// <summary>The number of units that cost the amount.</summary>
    public long Per { get; init; }
}

/// <summary>
/// A stored subscription that cannot be shown: its row, or the terms it refers to, are damaged. The log has details.
/// </summary>
public sealed record Unreadable
{
    /// <summary>The subscription.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its stored version.</summary>
    public long Version { get; init; }

    /// <summary>Always `unreadable`.</summary>
    public string Code { get; init; } = "";
}

/// <summary>A meter's reading in the current or last period. Changes within the period do not reset it.</summary>
public sealed record Usage
{
    /// <summary>The meter's id in the offer.</summary>
    public string Meter { get; init; } = "";

    /// <summary>The reading in units.</summary>
    public long Units { get; init; }
}

/// <summary>A usage event, and how it was taken.</summary>
public sealed record UsageEvent
{
    /// <summary>The event's own id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The meter's id in the offer.</summary>
    public string Meter { get; init; } = "";

    /// <summary>How many units.</summary>
    public long Quantity { get; init; }

    /// <summary>What a meter with aggregation unique counts; null for other meters.</summary>
    public string? Key { get; init; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When the event came.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>How it was taken. Doubles are listed if something else of their request was new.</summary>
    public UsageOutcome Outcome { get; init; }

    /// <summary>
    /// Whether it was used before the period that it was put into, because that was over when the event came.
    /// </summary>
    public bool Late { get; init; }

    /// <summary>The index of the period that it was put into.</summary>
    public int PeriodIndex { get; init; }
}

/// <summary>A voucher that waits for payment.</summary>
public sealed record Voucher
{
    /// <summary>The invoice's number within the subscription.</summary>
    public int Invoice { get; init; }

    /// <summary>The attempt's number within the invoice.</summary>
    public int Attempt { get; init; }

    /// <summary>The first instant at which it is no longer valid.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What the customer uses to pay.</summary>
    public string? Reference { get; init; }
}

/// <summary>
/// How long vouchers are valid, and how many days before the end the customer is reminded; 0 for never.
/// </summary>
public sealed record VoucherTerms
{
    /// <summary>Calendar days after its issue.</summary>
    public int ValidDays { get; init; }

    /// <summary>Calendar days before expiry at which the customer is reminded; 0 for no reminder.</summary>
    public int ReminderDays { get; init; }
}

/// <summary>What became of an event at an endpoint.</summary>
public sealed record WebhookDelivery
{
    /// <summary>What happened.</summary>
    public string Type { get; init; } = "";

    /// <summary>The subscription that it is about; null if it is about an endpoint.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Its place in the history of the subscription; null if it is about an endpoint.</summary>
    public long? Sequence { get; init; }

    /// <summary>Whether it was delivered.</summary>
    public WebhookDeliveryStatus Status { get; init; }

    /// <summary>How often it was sent; 0 if it waits for an earlier event of its subscription.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was sent last; null if never.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>When it will be sent again; null if not, or after an earlier event of its subscription.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The HTTP status of the last answer; null if there was none.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>How long the last attempt took, in milliseconds; null if there was none.</summary>
    public int? DurationMs { get; init; }

    /// <summary>Why the last attempt failed; null if it did not.</summary>
    public string? Fault { get; init; }

    /// <summary>What is sent; null if its subscription cannot be read.</summary>
    public FeedEvent? Request { get; init; }
}

/// <summary>A page of deliveries, the newest event first.</summary>
public sealed record WebhookDeliveryPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<WebhookDelivery> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>An address that events are sent to.</summary>
public sealed record WebhookEndpoint
{
    /// <summary>The endpoint's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Where events are sent.</summary>
    public string Url { get; init; } = "";

    /// <summary>Only events of these types are sent; null for all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Only events of this seller are sent; null for all.</summary>
    public string? SellerId { get; init; }

    /// <summary>What people call it; null if nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Whether events are sent.</summary>
    public bool Enabled { get; init; }

    /// <summary>Why none are; null while they are.</summary>
    public DisabledBecause? DisabledReason { get; init; }

    /// <summary>Since when none are; null while they are.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>When it was created. Later events are sent to it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last took an event; null if never.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Its first failure since then; null if there was none.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when the secret of before signs too; null if it does not.</summary>
    public DateTimeOffset? PastSecretUntil { get; init; }
}

/// <summary>A page of endpoints, ordered by id.</summary>
public sealed record WebhookEndpointPage
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<WebhookEndpoint> Data { get; init; } = [];

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>A replay that has begun.</summary>
public sealed record WebhookReplay
{
    /// <summary>The endpoint.</summary>
    public string EndpointId { get; init; } = "";

    /// <summary>Only events of this instant or later; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only events before this instant; null for all up to now.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only events of this subscription; null for all.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Only events of these types; null for all that the endpoint gets.</summary>
    public IReadOnlyList<string>? Types { get; init; }
}

/// <summary>An endpoint with its secret, which only this answer shows.</summary>
public sealed record WebhookSecret
{
    /// <summary>The endpoint's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Where events are sent.</summary>
    public string Url { get; init; } = "";

    /// <summary>Only events of these types are sent; null for all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Only events of this seller are sent; null for all.</summary>
    public string? SellerId { get; init; }

    /// <summary>What people call it; null if nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Whether events are sent.</summary>
    public bool Enabled { get; init; }

    /// <summary>What signs its events, as Standard Webhooks write it.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Until when the secret of before signs too; null if it does not.</summary>
    public DateTimeOffset? PastSecretUntil { get; init; }

    /// <summary>When it was created. Later events are sent to it.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What became of a test event.</summary>
public sealed record WebhookTest
{
    /// <summary>Whether the endpoint took it.</summary>
    public bool Delivered { get; init; }

    /// <summary>The HTTP status of its answer; null if there was none.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>How long it took, in milliseconds; null if nothing was sent.</summary>
    public int? DurationMs { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public string? Fault { get; init; }
}
