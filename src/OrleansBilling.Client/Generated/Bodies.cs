// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json.Serialization;

namespace OrleansBilling.Client;

/// <summary>A recurring extra on top of the plan.</summary>
public sealed record AddonBody
{
    /// <summary>The add-on's id, unique within the offer.</summary>
    public required string Id { get; init; }

    /// <summary>What invoices call it.</summary>
    public required string Name { get; init; }

    /// <summary>The price of one recurrence in minor units.</summary>
    public required long Amount { get; init; }
}

/// <summary>The quantity of an add-on; 1 by default.</summary>
public sealed record AddonQuantityBody
{
    /// <summary>The add-on's id in the offer.</summary>
    public required string Id { get; init; }

    /// <summary>How many; 1 by default.</summary>
    public int? Quantity { get; init; }
}

/// <summary>POST /v1/api-keys.</summary>
public sealed record ApiKeyBody
{
    /// <summary>Whom the key stands for.</summary>
    public required ApiKeyRole Role { get; init; }

    /// <summary>The seller; required with the role seller, and only allowed with it.</summary>
    public string? SellerId { get; init; }

    /// <summary>
    /// The affiliate or co-producer, as splits and subscriptions name it; required with the role partner, and only allowed
    /// with it.
    /// </summary>
    public string? PartyId { get; init; }

    /// <summary>What people call the key.</summary>
    public string? Name { get; init; }

    /// <summary>What the key is limited to. If omitted, it may do everything that its role may do.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Seconds until the key expires.</summary>
    public int? ExpiresInSeconds { get; init; }

    /// <summary>
    /// When the key stops working, if not said by `expires_in_seconds`. If both are omitted, it never does.
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>POST …/apply-coupon.</summary>
public sealed record ApplyCouponBody
{
    /// <summary>The coupon's code, case-insensitive, or its id.</summary>
    public required string Coupon { get; init; }
}

/// <summary>A line of type apply_coupon.</summary>
public sealed record ApplyCouponLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The coupon's code, case-insensitive, or its id.</summary>
    public required string Coupon { get; init; }
}

/// <summary>POST …/retention.</summary>
public sealed record AskRetentionBody
{
    /// <summary>Why the customer wants to leave. It chooses among the offers.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// POST …/billing-date and its preview: exactly one of the two. A date is a day in the product's time zone.
/// </summary>
public sealed record BillingDateBody
{
    /// <summary>The instant of the next charge.</summary>
    public DateTimeOffset? NextBillingAt { get; init; }

    /// <summary>The day of the next charge.</summary>
    public DateOnly? Date { get; init; }
}

/// <summary>A line of type billing_date.</summary>
public sealed record BillingDateLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The instant of the next charge.</summary>
    public DateTimeOffset? NextBillingAt { get; init; }

    /// <summary>The day of the next charge.</summary>
    public DateOnly? Date { get; init; }
}

/// <summary>POST …/cancel. `at` has no default because either guess could be wrong.</summary>
public sealed record CancelBody
{
    /// <summary>Now, or at the end of the period.</summary>
    public required EffectiveAt At { get; init; }

    /// <summary>A code of your own, such as too_expensive. Statistics count it.</summary>
    public string? Reason { get; init; }

    /// <summary>The customer's own words.</summary>
    public string? Comment { get; init; }

    /// <summary>What is returned of the current period; nothing by default. Only with at now.</summary>
    public CancellationRefund? Refund { get; init; }

    /// <summary>Who wanted it. Only administrators may say; otherwise it is the caller.</summary>
    public CancellationOrigin? Origin { get; init; }
}

/// <summary>A line of type cancel.</summary>
public sealed record CancelLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Now, or at the end of the period.</summary>
    public required EffectiveAt At { get; init; }

    /// <summary>A code of your own, such as too_expensive. Statistics count it.</summary>
    public string? Reason { get; init; }

    /// <summary>The customer's own words.</summary>
    public string? Comment { get; init; }

    /// <summary>What is returned of the current period; nothing by default. Only with at now.</summary>
    public CancellationRefund? Refund { get; init; }

    /// <summary>Who wanted it. Only administrators may say; otherwise it is the caller.</summary>
    public CancellationOrigin? Origin { get; init; }
}

/// <summary>POST …/payment-method: exactly one of the two.</summary>
public sealed record ChangePaymentMethodBody
{
    /// <summary>The payment provider's token.</summary>
    public string? Token { get; init; }

    /// <summary>The same in the form that subscriptions are created with.</summary>
    public PaymentMethodBody? PaymentMethod { get; init; }
}

/// <summary>
/// POST …/change-plan and its preview: at least one of offer, quantity and add-ons. Omitted fields do not change.
/// </summary>
public sealed record ChangePlanBody
{
    /// <summary>The new offer, in its newest version.</summary>
    public string? OfferId { get; init; }

    /// <summary>How many of the plan.</summary>
    public int? Quantity { get; init; }

    /// <summary>All add-ons after the change; an empty list removes them.</summary>
    public IReadOnlyList<AddonQuantityBody>? Addons { get; init; }

    /// <summary>Now, prorated, or at the end of the period.</summary>
    public required EffectiveAt At { get; init; }

    /// <summary>What happens to a running trial; it continues by default.</summary>
    public TrialChange? Trial { get; init; }
}

/// <summary>A line of type change_plan.</summary>
public sealed record ChangePlanLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The new offer, in its newest version.</summary>
    public string? OfferId { get; init; }

    /// <summary>How many of the plan.</summary>
    public int? Quantity { get; init; }

    /// <summary>All add-ons after the change; an empty list removes them.</summary>
    public IReadOnlyList<AddonQuantityBody>? Addons { get; init; }

    /// <summary>Now, prorated, or at the end of the period.</summary>
    public required EffectiveAt At { get; init; }

    /// <summary>What happens to a running trial; it continues by default.</summary>
    public TrialChange? Trial { get; init; }
}

/// <summary>By which ways a customer may be reached.</summary>
public sealed record ChannelsBody
{
    /// <summary>Whether the customer takes mails that are not required by law; true if it is left out.</summary>
    public bool? Email { get; init; }
}

/// <summary>
/// POST /v1/payments/chargebacks. Either the customer's bank took back what was paid under `key`: all of it, or
/// `amount`, never more than is left. Or the dispute was decided: `won` returns the money, `lost` does not.
/// </summary>
public sealed record ChargebackBody
{
    /// <summary>The charge's key, subscription:invoice:attempt.</summary>
    public required string Key { get; init; }

    /// <summary>Minor units that the bank took; all that is left if left out.</summary>
    public long? Amount { get; init; }

    /// <summary>Open by default.</summary>
    public DisputeStatus? Outcome { get; init; }

    /// <summary>The bank's reason code.</summary>
    public string? Reason { get; init; }
}

/// <summary>By how many percent churn grows, relative to itself, for each percent of price increase.</summary>
public sealed record ChurnResponseBody
{
    /// <summary>Percent that churn grows for each percent of price increase.</summary>
    public required decimal PerPricePercent { get; init; }
}

/// <summary>POST /v1/clock/advance.</summary>
public sealed record ClockAdvanceBody
{
    /// <summary>The instant to reach; not before the present one, and at most 3,660 days after it.</summary>
    public required DateTimeOffset To { get; init; }
}

/// <summary>Each line is one of these.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ApplyCouponLine), "apply_coupon")]
[JsonDerivedType(typeof(BillingDateLine), "billing_date")]
[JsonDerivedType(typeof(CancelLine), "cancel")]
[JsonDerivedType(typeof(ChangePlanLine), "change_plan")]
[JsonDerivedType(typeof(EndTrialLine), "end_trial")]
[JsonDerivedType(typeof(ExtendTrialLine), "extend_trial")]
[JsonDerivedType(typeof(GiveLine), "give")]
[JsonDerivedType(typeof(MetadataLine), "metadata")]
[JsonDerivedType(typeof(PauseLine), "pause")]
[JsonDerivedType(typeof(PaymentMethodLine), "payment_method")]
[JsonDerivedType(typeof(ReactivateLine), "reactivate")]
[JsonDerivedType(typeof(ResumeLine), "resume")]
[JsonDerivedType(typeof(RetryLine), "retry")]
[JsonDerivedType(typeof(SubscribeLine), "subscribe")]
[JsonDerivedType(typeof(UncancelLine), "uncancel")]
[JsonDerivedType(typeof(UndoPlanChangeLine), "undo_plan_change")]
[JsonDerivedType(typeof(UsageLine), "usage")]
public abstract record CommandLine;

/// <summary>
/// POST /v1/payments/confirm. `key` is the key of our charge request, `subscription:invoice:attempt`.
/// </summary>
public sealed record ConfirmPaymentBody
{
    /// <summary>The charge's key, subscription:invoice:attempt.</summary>
    public required string Key { get; init; }

    /// <summary>How the charge ended.</summary>
    public required ConfirmedOutcome Outcome { get; init; }

    /// <summary>The provider's decline code; only allowed with outcome declined.</summary>
    public string? Code { get; init; }

    /// <summary>Whether no retry can succeed; only allowed with outcome declined. False by default.</summary>
    public bool? Hard { get; init; }
}

/// <summary>POST /v1/console-links.</summary>
public sealed record ConsoleLinkBody
{
    /// <summary>Whom the session stands for that the link gives.</summary>
    public required ApiKeyRole Role { get; init; }

    /// <summary>The seller; required with the role seller, and only allowed with it.</summary>
    public string? SellerId { get; init; }

    /// <summary>
    /// The affiliate or co-producer, as splits and subscriptions name it; required with the role partner, and only allowed
    /// with it.
    /// </summary>
    public string? PartyId { get; init; }
}

/// <summary>POST /v1/coupons: either percent, or amount with its currency.</summary>
public sealed record CouponBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>What customers type. Unique per seller, case-insensitive. Defaults to the id.</summary>
    public string? Code { get; init; }

    /// <summary>The seller whose coupon it is.</summary>
    public required string SellerId { get; init; }

    /// <summary>Only for this product; for all of the seller's if left out.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only for these plans; for all if left out.</summary>
    public IReadOnlyList<string>? PlanIds { get; init; }

    /// <summary>Percent off. Either this or amount.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units off. Either this or percent.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217 code; required with amount, and only allowed with it.</summary>
    public string? Currency { get; init; }

    /// <summary>How many recurrences it reduces.</summary>
    public required CouponDuration Duration { get; init; }

    /// <summary>The number for duration repeating; only allowed with it.</summary>
    public int? Recurrences { get; init; }

    /// <summary>How many subscriptions may redeem it; unlimited if left out.</summary>
    public int? RedemptionsMax { get; init; }

    /// <summary>The first instant at which it can be redeemed.</summary>
    public DateTimeOffset? RedeemFrom { get; init; }

    /// <summary>The instant from which it can no longer be redeemed.</summary>
    public DateTimeOffset? RedeemUntil { get; init; }
}

/// <summary>
/// PATCH /v1/coupons/{id}: a JSON merge patch. What is left out stays, null takes an instant away. Changes bind later
/// redemptions. Everything else may be repeated but not changed.
/// </summary>
public sealed record CouponPatchBody
{
    /// <summary>The first instant at which it can be redeemed; null for at once.</summary>
    public DateTimeOffset? RedeemFrom { get; init; }

    /// <summary>The instant from which it can no longer be redeemed; null for never.</summary>
    public DateTimeOffset? RedeemUntil { get; init; }

    /// <summary>How many subscriptions may redeem it. A limit can be moved, but not added or taken away.</summary>
    public int? RedemptionsMax { get; init; }

    /// <summary>What customers type; must be the coupon's.</summary>
    public string? Code { get; init; }

    /// <summary>The seller; must be the coupon's.</summary>
    public string? SellerId { get; init; }

    /// <summary>The product; must be the coupon's.</summary>
    public string? ProductId { get; init; }

    /// <summary>The plans; must be the coupon's.</summary>
    public IReadOnlyList<string>? PlanIds { get; init; }

    /// <summary>Percent off; must be the coupon's.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units off; must be the coupon's.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217 code of the amount; must be the coupon's.</summary>
    public string? Currency { get; init; }

    /// <summary>How many recurrences it reduces; must be the coupon's.</summary>
    public CouponDuration? Duration { get; init; }

    /// <summary>The number of recurrences; must be the coupon's.</summary>
    public int? Recurrences { get; init; }
}

/// <summary>POST /v1/customers.</summary>
public sealed record CustomerBody
{
    /// <summary>Your id of the customer; one that sorts by time is made if it is left out. It cannot be changed.</summary>
    public string? Id { get; init; }

    /// <summary>Names and values of your own: at most 50, names of 1 to 64 characters, values of at most 500.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The mail address. Corrected here, it is corrected in every subscription.</summary>
    public string? Email { get; init; }

    /// <summary>The name of the person or company.</summary>
    public string? Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code. New subscriptions take it over for taxes; those that run keep theirs.</summary>
    public string? Country { get; init; }

    /// <summary>The language of mails and documents: a BCP 47 tag such as pt-BR.</summary>
    public string? Locale { get; init; }

    /// <summary>The tax number, as it stands on invoices.</summary>
    public string? TaxId { get; init; }

    /// <summary>By which ways the customer may be reached.</summary>
    public ChannelsBody? Channels { get; init; }
}

/// <summary>A change of a customer, as a merge patch (RFC 7396): what is left out stays, null removes.</summary>
public sealed record CustomerPatchBody
{
    /// <summary>Names and values of your own, at most 50. A name with null is removed.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>The mail address. Corrected here, it is corrected in every subscription.</summary>
    public string? Email { get; init; }

    /// <summary>The name of the person or company.</summary>
    public string? Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code. New subscriptions take it over for taxes; those that run keep theirs.</summary>
    public string? Country { get; init; }

    /// <summary>The language of mails and documents: a BCP 47 tag such as pt-BR.</summary>
    public string? Locale { get; init; }

    /// <summary>The tax number, as it stands on invoices.</summary>
    public string? TaxId { get; init; }

    /// <summary>By which ways the customer may be reached.</summary>
    public ChannelsBody? Channels { get; init; }
}

/// <summary>POST /v1/customer-tokens.</summary>
public sealed record CustomerTokenBody
{
    /// <summary>The customer whom the token stands for.</summary>
    public required string CustomerId { get; init; }

    /// <summary>Seconds until the token expires; 3,600 by default.</summary>
    public int? ExpiresInSeconds { get; init; }
}

/// <summary>How declined charges are retried. Omitted fields come from the default policy.</summary>
public sealed record DunningBody
{
    /// <summary>Automatic retries after the first attempt.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>Days after the first attempt in which retries are made.</summary>
    public int? WindowDays { get; init; }

    /// <summary>Days between consecutive attempts. When the list runs out, its last gap repeats.</summary>
    public IReadOnlyList<int>? ScheduleDays { get; init; }

    /// <summary>Whether recovery moves the billing date to the day of the successful payment.</summary>
    public bool? MoveBillingDate { get; init; }

    /// <summary>What happens when the retries or the window run out.</summary>
    public ExhaustedAction? OnExhausted { get; init; }
}

/// <summary>
/// The body without fields of POST …/uncancel, …/retry, …/end-trial, …/undo-plan-change, …/resume, …/voucher and
/// …/retention/accept.
/// </summary>
public sealed record EmptyBody
{
}

/// <summary>A line of type end_trial.</summary>
public sealed record EndTrialLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>POST …/extend-trial: exactly one of the two.</summary>
public sealed record ExtendTrialBody
{
    /// <summary>The new end of the trial.</summary>
    public DateTimeOffset? TrialEnd { get; init; }

    /// <summary>Days that the trial becomes longer.</summary>
    public int? Days { get; init; }
}

/// <summary>A line of type extend_trial.</summary>
public sealed record ExtendTrialLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The new end of the trial.</summary>
    public DateTimeOffset? TrialEnd { get; init; }

    /// <summary>Days that the trial becomes longer.</summary>
    public int? Days { get; init; }
}

/// <summary>POST …/give.</summary>
public sealed record GiveBody
{
    /// <summary>How many of the next recurrences are free.</summary>
    public required int Recurrences { get; init; }
}

/// <summary>A line of type give.</summary>
public sealed record GiveLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How many of the next recurrences are free.</summary>
    public required int Recurrences { get; init; }
}

/// <summary>The length of a period.</summary>
public sealed record IntervalBody
{
    /// <summary>The unit of count. Months and years are calendar months and years in the product's time zone.</summary>
    public required IntervalUnit Unit { get; init; }

    /// <summary>How many units: at most 3,660 days, 520 weeks, 120 months or 10 years.</summary>
    public required int Count { get; init; }
}

/// <summary>A loyalty reward: percent or amount.</summary>
public sealed record LoyaltyBody
{
    /// <summary>Paid recurrences after which the reward begins.</summary>
    public required int AfterRecurrences { get; init; }

    /// <summary>Percent off. Either this or amount.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units off. Either this or percent.</summary>
    public long? Amount { get; init; }

    /// <summary>How many recurrences are reduced.</summary>
    public required int Recurrences { get; init; }

    /// <summary>Whether it begins again after as many more paid recurrences; false by default.</summary>
    public bool? Repeats { get; init; }
}

/// <summary>A line of type metadata.</summary>
public sealed record MetadataLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// Names and values of your own: at most 50, in the request and in all. A name with null is removed, and null instead
    /// of all removes every one.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }
}

/// <summary>Metered usage in an offer: a price (per unit or per package) or tiers (graduated or by volume).</summary>
public sealed record MeterBody
{
    /// <summary>The meter's id, unique within the offer.</summary>
    public required string Id { get; init; }

    /// <summary>What invoices call it.</summary>
    public required string Name { get; init; }

    /// <summary>How the events of a period become one reading.</summary>
    public required MeterAggregation Aggregation { get; init; }

    /// <summary>How the reading is priced.</summary>
    public required MeterPricing Pricing { get; init; }

    /// <summary>The price with pricing per_unit or package; only allowed with these.</summary>
    public UnitPriceBody? Price { get; init; }

    /// <summary>Units in a package with pricing package; only allowed with it.</summary>
    public long? PackageUnits { get; init; }

    /// <summary>Units of each period that cost nothing; 0 by default.</summary>
    public long? IncludedUnits { get; init; }

    /// <summary>The tiers with pricing graduated or volume, each above the one before; only allowed with these.</summary>
    public IReadOnlyList<MeterTierBody>? Tiers { get; init; }
}

/// <summary>A tier up to and including a unit. The last tier has no limit.</summary>
public sealed record MeterTierBody
{
    /// <summary>The last unit of the tier; left out in the last tier.</summary>
    public long? UpTo { get; init; }

    /// <summary>The price of the tier's units.</summary>
    public required UnitPriceBody Price { get; init; }

    /// <summary>Minor units charged once if the tier is reached; 0 by default.</summary>
    public long? Flat { get; init; }
}

/// <summary>
/// Who subscribes. Naming a customer that is not known makes it; one that is known stays as it is. A seller that names
/// a customer who has no subscription of it must give the customer's mail address.
/// </summary>
public sealed record NamedCustomerBody
{
    /// <summary>Your id of the customer.</summary>
    public required string Id { get; init; }

    /// <summary>The mail address.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// ISO 3166-1 alpha-2 code, for taxes. The country of a known customer is used instead, if it has one.
    /// </summary>
    public string? Country { get; init; }
}

/// <summary>POST /v1/offers.</summary>
public sealed record OfferBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>The plan that it sells.</summary>
    public required string PlanId { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>The price of one recurrence in minor units, without add-ons.</summary>
    public required long Amount { get; init; }

    /// <summary>Extras that subscriptions can have.</summary>
    public IReadOnlyList<AddonBody>? Addons { get; init; }

    /// <summary>Usage that is metered and billed.</summary>
    public IReadOnlyList<MeterBody>? Meters { get; init; }

    /// <summary>Who else gets a share of each charge; the seller gets the rest. Percents add up to at most 100.</summary>
    public IReadOnlyList<SplitPartBody>? Split { get; init; }

    /// <summary>Whether customers may switch to it themselves; true by default.</summary>
    public bool? CustomersMayChoose { get; init; }
}

/// <summary>A different price for all versions of an offer: exactly one of the two.</summary>
public sealed record OfferChangeBody
{
    /// <summary>The offer.</summary>
    public required string OfferId { get; init; }

    /// <summary>The new price in minor units.</summary>
    public long? Amount { get; init; }

    /// <summary>The change of the price in percent; negative if it becomes cheaper.</summary>
    public decimal? PercentChange { get; init; }
}

/// <summary>
/// PUT /v1/offers/{id}: the next version. Plan and currency may be repeated but not changed. Omitted add-ons, meters
/// and split stay as they are; empty ones are removed.
/// </summary>
public sealed record OfferVersionBody
{
    /// <summary>ISO 4217 code; must be the offer's.</summary>
    public string? Currency { get; init; }

    /// <summary>The plan; must be the offer's.</summary>
    public string? PlanId { get; init; }

    /// <summary>The price of one recurrence in minor units, without add-ons.</summary>
    public required long Amount { get; init; }

    /// <summary>Extras that subscriptions can have.</summary>
    public IReadOnlyList<AddonBody>? Addons { get; init; }

    /// <summary>Usage that is metered and billed.</summary>
    public IReadOnlyList<MeterBody>? Meters { get; init; }

    /// <summary>Who else gets a share of each charge; the seller gets the rest. Percents add up to at most 100.</summary>
    public IReadOnlyList<SplitPartBody>? Split { get; init; }

    /// <summary>Whether customers may switch to it themselves; true by default.</summary>
    public bool? CustomersMayChoose { get; init; }
}

/// <summary>
/// POST …/pause. Without `until` the pause lasts until resumed. On a running pause, `until` changes its end.
/// </summary>
public sealed record PauseBody
{
    /// <summary>Now, or at the end of the period.</summary>
    public required EffectiveAt At { get; init; }

    /// <summary>When the pause ends by itself.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A line of type pause.</summary>
public sealed record PauseLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Now, or at the end of the period.</summary>
    public required EffectiveAt At { get; init; }

    /// <summary>When the pause ends by itself.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>How a customer pays.</summary>
public sealed record PaymentMethodBody
{
    /// <summary>The payment provider's token.</summary>
    public required string Token { get; init; }
}

/// <summary>A line of type payment_method.</summary>
public sealed record PaymentMethodLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The payment provider's token.</summary>
    public string? Token { get; init; }

    /// <summary>The same in the form that subscriptions are created with.</summary>
    public PaymentMethodBody? PaymentMethod { get; init; }
}

/// <summary>POST /v1/plans.</summary>
public sealed record PlanBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>The product that it belongs to.</summary>
    public required string ProductId { get; init; }

    /// <summary>What invoices call it.</summary>
    public required string Name { get; init; }

    /// <summary>What people read about it before they buy, in one line or many; nothing if left out.</summary>
    public string? Description { get; init; }

    /// <summary>How long a period is.</summary>
    public required IntervalBody Interval { get; init; }

    /// <summary>Days before the first period that cost nothing; 0 by default.</summary>
    public int? TrialDays { get; init; }

    /// <summary>The number of periods after which the subscription is completed; unlimited if left out.</summary>
    public int? Recurrences { get; init; }

    /// <summary>The number of monthly installments of each period's price; at most the months of the period.</summary>
    public int? Installments { get; init; }

    /// <summary>How many days before a renewal the customer is notified.</summary>
    public int? RenewalAlertDays { get; init; }

    /// <summary>How declined charges are retried; as in the product if left out.</summary>
    public DunningBody? Dunning { get; init; }
}

/// <summary>
/// PATCH /v1/plans/{id}: a JSON merge patch. What is left out stays, null sets back to the default. Changes bind what
/// comes later. Product, interval, recurrences and installments may be repeated but not changed.
/// </summary>
public sealed record PlanPatchBody
{
    /// <summary>What later invoices call it.</summary>
    public string? Name { get; init; }

    /// <summary>What people read about it before they buy, in one line or many; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Days before the first period that cost nothing, of new subscriptions.</summary>
    public int? TrialDays { get; init; }

    /// <summary>How many days before a renewal the customer is notified, from the next period on.</summary>
    public int? RenewalAlertDays { get; init; }

    /// <summary>How later declined charges are retried; null for the product's way.</summary>
    public DunningBody? Dunning { get; init; }

    /// <summary>The product; must be the plan's.</summary>
    public string? ProductId { get; init; }

    /// <summary>How long a period is; must be as in the plan.</summary>
    public IntervalBody? Interval { get; init; }

    /// <summary>The number of periods; must be as in the plan.</summary>
    public int? Recurrences { get; init; }

    /// <summary>The number of installments; must be as in the plan.</summary>
    public int? Installments { get; init; }
}

/// <summary>POST /v1/products.</summary>
public sealed record ProductBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>The seller. Naming one creates it.</summary>
    public required string SellerId { get; init; }

    /// <summary>What invoices call it.</summary>
    public required string Name { get; init; }

    /// <summary>What people read about it before they buy, in one line or many; nothing if left out.</summary>
    public string? Description { get; init; }

    /// <summary>IANA time zone in which days and months are counted, such as America/Sao_Paulo; UTC by default.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How declined charges are retried.</summary>
    public DunningBody? Dunning { get; init; }

    /// <summary>
    /// What happens at the end of a trial without a payment method; the subscription is canceled by default.
    /// </summary>
    public TrialWithoutPaymentMethod? TrialWithoutPaymentMethod { get; init; }

    /// <summary>How it is taxed; not at all if left out.</summary>
    public TaxBody? Tax { get; init; }

    /// <summary>A discount for customers who stay; none if left out.</summary>
    public LoyaltyBody? Loyalty { get; init; }

    /// <summary>What customers who want to cancel are offered instead; nothing if left out.</summary>
    public RetentionBody? Retention { get; init; }

    /// <summary>How long vouchers are valid.</summary>
    public VoucherBody? Voucher { get; init; }

    /// <summary>What a chargeback does to the subscription; it is canceled by default.</summary>
    public ChargebackAction? OnChargeback { get; init; }
}

/// <summary>
/// PATCH /v1/products/{id}: a JSON merge patch. What is left out stays, null sets back to the default. Changes bind
/// what comes later. Seller, time zone and taxes may be repeated but not changed.
/// </summary>
public sealed record ProductPatchBody
{
    /// <summary>What later invoices call it.</summary>
    public string? Name { get; init; }

    /// <summary>What people read about it before they buy, in one line or many; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>How later declined charges are retried.</summary>
    public DunningBody? Dunning { get; init; }

    /// <summary>What happens at the end of a trial without a payment method.</summary>
    public TrialWithoutPaymentMethod? TrialWithoutPaymentMethod { get; init; }

    /// <summary>A discount for customers who stay.</summary>
    public LoyaltyBody? Loyalty { get; init; }

    /// <summary>What customers who want to cancel are offered instead.</summary>
    public RetentionBody? Retention { get; init; }

    /// <summary>How long later vouchers are valid.</summary>
    public VoucherBody? Voucher { get; init; }

    /// <summary>What a chargeback does to the subscription.</summary>
    public ChargebackAction? OnChargeback { get; init; }

    /// <summary>The seller; must be the product's.</summary>
    public string? SellerId { get; init; }

    /// <summary>IANA time zone; must be the product's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How it is taxed; must be as in the product.</summary>
    public TaxBody? Tax { get; init; }
}

/// <summary>POST …/reactivate.</summary>
public sealed record ReactivateBody
{
    /// <summary>Whether a new first period is charged at once; true by default.</summary>
    public bool? ChargeNow { get; init; }

    /// <summary>A new payment method.</summary>
    public PaymentMethodBody? PaymentMethod { get; init; }
}

/// <summary>A line of type reactivate.</summary>
public sealed record ReactivateLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether a new first period is charged at once; true by default.</summary>
    public bool? ChargeNow { get; init; }

    /// <summary>A new payment method.</summary>
    public PaymentMethodBody? PaymentMethod { get; init; }
}

/// <summary>
/// POST …/invoices/{number}/refund. The default is all that is left, to the payment method. Without lines, the refund
/// covers the service first, then usage and everything else on the invoice.
/// </summary>
public sealed record RefundBody
{
    /// <summary>Minor units, tax included.</summary>
    public long? Amount { get; init; }

    /// <summary>If `amount` is given too, their sum must equal it.</summary>
    public IReadOnlyList<RefundLineBody>? Lines { get; init; }

    /// <summary>Where the money goes; the payment method by default.</summary>
    public RefundTarget? To { get; init; }

    /// <summary>The seller's own words, shown on the credit note.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// The part of a refund for one invoice line. Lines count from 1. The tax added to the line is included.
/// </summary>
public sealed record RefundLineBody
{
    /// <summary>The line's position on the invoice, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Minor units, tax included.</summary>
    public required long Amount { get; init; }
}

/// <summary>POST /v1/messages/remove: the delivered messages.</summary>
public sealed record RemoveMessagesBody
{
    /// <summary>The positions of the delivered messages.</summary>
    public required IReadOnlyList<long> Positions { get; init; }
}

/// <summary>A line of type resume.</summary>
public sealed record ResumeLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>
/// Retention offers for customers who ask to cancel. `control_percent` of them get none, `explore_percent` a random
/// matching offer, the others the one that has saved most so far. Both are whole percentages.
/// </summary>
public sealed record RetentionBody
{
    /// <summary>Assigns customers to groups. The same seed gives the same groups; 0 by default.</summary>
    public long? Seed { get; init; }

    /// <summary>Whole percent of customers who are offered nothing, for comparison; 0 by default.</summary>
    public int? ControlPercent { get; init; }

    /// <summary>
    /// Whole percent of customers who get a random matching offer; 0 by default. With control_percent at most 100.
    /// </summary>
    public int? ExplorePercent { get; init; }

    /// <summary>Days without a new offer after one was accepted; 180 by default.</summary>
    public int? QuietDays { get; init; }

    /// <summary>What customers can be offered.</summary>
    public required IReadOnlyList<RetentionOfferBody> Offers { get; init; }
}

/// <summary>Percent or amount off, for some recurrences.</summary>
public sealed record RetentionDiscountBody
{
    /// <summary>Percent off. Either this or amount.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units off. Either this or percent.</summary>
    public long? Amount { get; init; }

    /// <summary>How many recurrences are reduced.</summary>
    public required int Recurrences { get; init; }
}

/// <summary>A retention offer: a discount, a pause or a cheaper offer.</summary>
public sealed record RetentionOfferBody
{
    /// <summary>The retention offer's id, unique within the product.</summary>
    public required string Id { get; init; }

    /// <summary>Only for customers who give one of these reasons; for all if left out or empty.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>Only for customers who paid so many recurrences; 0 by default.</summary>
    public int? PaidRecurrencesMin { get; init; }

    /// <summary>A discount. Exactly one of discount, pause_days and offer_id.</summary>
    public RetentionDiscountBody? Discount { get; init; }

    /// <summary>A pause of so many days.</summary>
    public int? PauseDays { get; init; }

    /// <summary>A cheaper offer of the product.</summary>
    public string? OfferId { get; init; }
}

/// <summary>A line of type retry.</summary>
public sealed record RetryLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>POST /v1/webhook-endpoints/{id}/rotate-secret.</summary>
public sealed record RotateSecretBody
{
    /// <summary>For how many hours the secret of before signs too. Default 24.</summary>
    public int? OverlapHours { get; init; }
}

/// <summary>A postal address.</summary>
public sealed record SellerAddressBody
{
    /// <summary>Street and number, and what else stands above the city.</summary>
    public IReadOnlyList<string>? Lines { get; init; }

    /// <summary>The city.</summary>
    public string? City { get; init; }

    /// <summary>The state or province.</summary>
    public string? Region { get; init; }

    /// <summary>The postal code.</summary>
    public string? PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }
}

/// <summary>PUT /v1/sellers/{id}: the whole profile. What is left out is not known.</summary>
public sealed record SellerBody
{
    /// <summary>What customers know the seller by.</summary>
    public required string Name { get; init; }

    /// <summary>The name in contracts and on invoices; the name if it is left out.</summary>
    public string? LegalName { get; init; }

    /// <summary>The postal address, for invoices.</summary>
    public SellerAddressBody? Address { get; init; }

    /// <summary>The tax number, as it stands on invoices.</summary>
    public string? TaxId { get; init; }

    /// <summary>Where customers and the marketplace reach the seller.</summary>
    public string? Email { get; init; }

    /// <summary>The seller's language: a BCP 47 tag such as pt-BR.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA time zone of reports, such as America/Sao_Paulo.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// Addresses that customers may be sent back to: https, without a password and a fragment, each once.
    /// </summary>
    public IReadOnlyList<string>? ReturnUrls { get; init; }
}

/// <summary>POST /v1/simulations. Percentages may have three decimals.</summary>
public sealed record SimulationBody
{
    /// <summary>The length of both runs in months.</summary>
    public required int Months { get; init; }

    /// <summary>What is different in the second run.</summary>
    public required SimulationChangesBody Changes { get; init; }

    /// <summary>
    /// Decides who leaves and whose payment fails. The same seed and book give the same result; 1 by default.
    /// </summary>
    public long? Seed { get; init; }

    /// <summary>Only this seller's subscriptions.</summary>
    public string? SellerId { get; init; }

    /// <summary>Only subscriptions of this product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Only subscriptions of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only subscriptions of this offer.</summary>
    public string? OfferId { get; init; }

    /// <summary>Percent of first charges that succeed; 92 by default.</summary>
    public decimal? PaymentSuccessPercent { get; init; }

    /// <summary>Percent of retries that succeed; 35 by default.</summary>
    public decimal? RetrySuccessPercent { get; init; }

    /// <summary>Percent of subscribers who cancel in a month; derived from the last 90 days if left out.</summary>
    public decimal? MonthlyChurnPercent { get; init; }

    /// <summary>How customers react to a price increase; not at all if left out.</summary>
    public ChurnResponseBody? ChurnResponse { get; init; }

    /// <summary>Runs at most so many subscriptions, a random sample of the book; 1,000,000 by default.</summary>
    public int? SubscriptionsMax { get; init; }
}

/// <summary>The changes in the second run: prices, dunning, or both.</summary>
public sealed record SimulationChangesBody
{
    /// <summary>Offers with another price.</summary>
    public IReadOnlyList<OfferChangeBody>? Offers { get; init; }

    /// <summary>Omitted fields stay as in each plan's or product's policy.</summary>
    public DunningBody? Dunning { get; init; }

    /// <summary>Who pays the new prices: existing subscriptions by default.</summary>
    public PriceScope? ApplyTo { get; init; }
}

/// <summary>
/// A party's share of every charge: percent or amount. Only an affiliate may have no id: it is the subscription's.
/// </summary>
public sealed record SplitPartBody
{
    /// <summary>Why the party gets a share.</summary>
    public required SplitRole Role { get; init; }

    /// <summary>The party. Only an affiliate may be left out: it is then the one who referred the subscription.</summary>
    public string? PartyId { get; init; }

    /// <summary>Percent of the charge net of tax. Either this or amount.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Minor units of each charge. Either this or percent.</summary>
    public long? Amount { get; init; }
}

/// <summary>POST /v1/subscriptions.</summary>
public sealed record SubscribeBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>The offer, in its newest version.</summary>
    public required string OfferId { get; init; }

    /// <summary>Who subscribes.</summary>
    public required NamedCustomerBody Customer { get; init; }

    /// <summary>How the customer pays. It may be left out during a trial.</summary>
    public PaymentMethodBody? PaymentMethod { get; init; }

    /// <summary>Days before the first period that cost nothing; as in the plan if left out.</summary>
    public int? TrialDays { get; init; }

    /// <summary>When it starts; now if left out.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Names and values of your own: at most 50, names of 1 to 64 characters, values of at most 500.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>How many of the plan; 1 by default.</summary>
    public int? Quantity { get; init; }

    /// <summary>Add-ons of the offer, each named once.</summary>
    public IReadOnlyList<AddonQuantityBody>? Addons { get; init; }

    /// <summary>Who referred the customer.</summary>
    public string? AffiliateId { get; init; }

    /// <summary>The code of a coupon to redeem, case-insensitive, or its id.</summary>
    public string? Coupon { get; init; }
}

/// <summary>A line of type subscribe.</summary>
public sealed record SubscribeLine : CommandLine
{
    /// <summary>The new subscription's id; made if it is left out.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The offer, in its newest version.</summary>
    public required string OfferId { get; init; }

    /// <summary>Who subscribes.</summary>
    public required NamedCustomerBody Customer { get; init; }

    /// <summary>How the customer pays. It may be left out during a trial.</summary>
    public PaymentMethodBody? PaymentMethod { get; init; }

    /// <summary>Days before the first period that cost nothing; as in the plan if left out.</summary>
    public int? TrialDays { get; init; }

    /// <summary>When it starts; now if left out.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Names and values of your own: at most 50, names of 1 to 64 characters, values of at most 500.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>How many of the plan; 1 by default.</summary>
    public int? Quantity { get; init; }

    /// <summary>Add-ons of the offer, each named once.</summary>
    public IReadOnlyList<AddonQuantityBody>? Addons { get; init; }

    /// <summary>Who referred the customer.</summary>
    public string? AffiliateId { get; init; }

    /// <summary>The code of a coupon to redeem, case-insensitive, or its id.</summary>
    public string? Coupon { get; init; }
}

/// <summary>A message of the customer to the seller, or back. The sender is whoever is signed in.</summary>
public sealed record SubscriptionMessageBody
{
    /// <summary>The message, which may have several lines.</summary>
    public required string Text { get; init; }
}

/// <summary>
/// A change of a subscription's labels, as a merge patch (RFC 7396): what is left out stays, null removes.
/// </summary>
public sealed record SubscriptionPatchBody
{
    /// <summary>
    /// Names and values of your own: at most 50, in the request and in all. A name with null is removed, and null instead
    /// of all removes every one.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }
}

/// <summary>How a product is taxed.</summary>
public sealed record TaxBody
{
    /// <summary>Whether prices contain the tax. Otherwise it is added.</summary>
    public required bool Inclusive { get; init; }

    /// <summary>The taxes, at most five for each country.</summary>
    public required IReadOnlyList<TaxRateBody> Rates { get; init; }
}

/// <summary>
/// A tax of one country. Without a country, it applies to all countries that have no rate of their own.
/// </summary>
public sealed record TaxRateBody
{
    /// <summary>ISO 3166-1 alpha-2 code, such as BR; for all other countries if left out.</summary>
    public string? Country { get; init; }

    /// <summary>What invoices call it, unique within the country.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// A percentage, stored in thousandths and written as a number with at most three decimals (12.5 means 12.5 %).
    /// </summary>
    public required decimal Percent { get; init; }
}

/// <summary>A line of type uncancel.</summary>
public sealed record UncancelLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>A line of type undo_plan_change.</summary>
public sealed record UndoPlanChangeLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>A price of `amount` minor units for `per` units; `per` is 1 by default.</summary>
public sealed record UnitPriceBody
{
    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>The number of units that cost the amount; 1 by default.</summary>
    public long? Per { get; init; }
}

/// <summary>POST …/usage.</summary>
public sealed record UsageBody
{
    /// <summary>The events, in any order.</summary>
    public required IReadOnlyList<UsageEventBody> Events { get; init; }
}

/// <summary>A usage event. Quantity is 1 and time is now by default. Each id counts once.</summary>
public sealed record UsageEventBody
{
    /// <summary>The event's own id, unique within the subscription. A repeated id changes nothing.</summary>
    public required string Id { get; init; }

    /// <summary>The meter's id in the offer.</summary>
    public required string Meter { get; init; }

    /// <summary>How many units; 1 by default.</summary>
    public long? Quantity { get; init; }

    /// <summary>
    /// When it was used, at most 90 days ago unless set otherwise; now by default, so a later repeat may count anew.
    /// </summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What a meter with aggregation unique counts, such as a user's id.</summary>
    public string? Key { get; init; }
}

/// <summary>A line of type usage.</summary>
public sealed record UsageLine : CommandLine
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Repeating a line with the same key returns the same answer and changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The events, in any order.</summary>
    public required IReadOnlyList<UsageEventBody> Events { get; init; }
}

/// <summary>How long vouchers are valid: 3 days, with a reminder one day before the end, by default.</summary>
public sealed record VoucherBody
{
    /// <summary>Calendar days after its issue; 3 by default.</summary>
    public int? ValidDays { get; init; }

    /// <summary>
    /// Calendar days before expiry at which the customer is reminded, fewer than valid_days; 0 for no reminder, 1 by
    /// default.
    /// </summary>
    public int? ReminderDays { get; init; }
}

/// <summary>POST /v1/webhook-endpoints.</summary>
public sealed record WebhookEndpointBody
{
    /// <summary>The endpoint's id; made up if omitted.</summary>
    public string? Id { get; init; }

    /// <summary>Where events are sent: an https address that the internet can reach.</summary>
    public required string Url { get; init; }

    /// <summary>Only events of these types are sent. If omitted, all are, also types that are added later.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>
    /// Only events of this seller are sent. A seller gets its own without asking; for administrators, omitted means all.
    /// </summary>
    public string? SellerId { get; init; }

    /// <summary>What people call it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether events are sent. While they are not, they wait. Default true.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>PATCH /v1/webhook-endpoints/{id}. What is omitted stays; null removes.</summary>
public sealed record WebhookEndpointPatchBody
{
    /// <summary>Where events are sent: an https address that the internet can reach.</summary>
    public string? Url { get; init; }

    /// <summary>Only events of these types are sent; null for all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>What people call it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether events are sent. Enabling goes on where sending stopped.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>POST /v1/webhook-endpoints/{id}/replay.</summary>
public sealed record WebhookReplayBody
{
    /// <summary>Only events of this instant or later. If omitted, from the first event on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only events before this instant. If omitted, up to the newest.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only events of this subscription.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Only events of these types, among those that the endpoint gets.</summary>
    public IReadOnlyList<string>? Types { get; init; }
}
