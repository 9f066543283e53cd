// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json.Serialization;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

/// <summary>Whom an API key stands for.</summary>
[JsonConverter(typeof(NameConverter<ApiKeyRole>))]
public enum ApiKeyRole
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Admin,
    Seller,
    Partner,
}

/// <summary>The outcome of one attempt to collect an invoice.</summary>
[JsonConverter(typeof(NameConverter<AttemptOutcome>))]
public enum AttemptOutcome
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    InFlight,
    Unknown,
    Succeeded,
    Declined,
}

/// <summary>Why a balance moved, as the ledger books it.</summary>
[JsonConverter(typeof(NameConverter<BalanceEntryKind>))]
public enum BalanceEntryKind
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Paid,
    Refunded,
    Credited,
    ChargedBack,
    ChargebackWon,
}

/// <summary>Who canceled, or asked to cancel.</summary>
[JsonConverter(typeof(NameConverter<CancellationOrigin>))]
public enum CancellationOrigin
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Customer,
    Administrator,
    Seller,
    System,
}

/// <summary>What a cancellation returns of the current period.</summary>
[JsonConverter(typeof(NameConverter<CancellationRefund>))]
public enum CancellationRefund
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    None,
    Prorated,
    Full,
}

/// <summary>What a chargeback does to the subscription.</summary>
[JsonConverter(typeof(NameConverter<ChargebackAction>))]
public enum ChargebackAction
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Cancel,
    Keep,
}

/// <summary>The source of billing time.</summary>
[JsonConverter(typeof(NameConverter<ClockMode>))]
public enum ClockMode
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    System,
    Virtual,
}

/// <summary>The outcome of a payment, as reported by the provider.</summary>
[JsonConverter(typeof(NameConverter<ConfirmedOutcome>))]
public enum ConfirmedOutcome
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Succeeded,
    Declined,
}

/// <summary>How many recurrences a coupon applies to.</summary>
[JsonConverter(typeof(NameConverter<CouponDuration>))]
public enum CouponDuration
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Once,
    Repeating,
    Forever,
}

/// <summary>Why nothing is sent to an endpoint.</summary>
[JsonConverter(typeof(NameConverter<DisabledBecause>))]
public enum DisabledBecause
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Asked,
    Gone,
    Failing,
}

/// <summary>What a discount was granted for.</summary>
[JsonConverter(typeof(NameConverter<DiscountSource>))]
public enum DiscountSource
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Coupon,
    Gift,
    Loyalty,
    Retention,
}

/// <summary>How the dispute of a chargeback stands.</summary>
[JsonConverter(typeof(NameConverter<DisputeStatus>))]
public enum DisputeStatus
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Open,
    Won,
    Lost,
}

/// <summary>When a command takes effect.</summary>
[JsonConverter(typeof(NameConverter<EffectiveAt>))]
public enum EffectiveAt
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Now,
    PeriodEnd,
}

/// <summary>Why a request failed. Codes never change their meaning; new ones may be added.</summary>
public static class ErrorCode
{
    public const string Ambiguous = "ambiguous";
    public const string AnswerNotKept = "answer_not_kept";
    public const string AttemptLimit = "attempt_limit";
    public const string BillingDateChanged = "billing_date_changed";
    public const string BillingDateInPast = "billing_date_in_past";
    public const string BillingDateTooFar = "billing_date_too_far";
    public const string BodyTooLarge = "body_too_large";
    public const string Busy = "busy";
    public const string CancellationScheduled = "cancellation_scheduled";
    public const string CatalogFull = "catalog_full";
    public const string CatchingUp = "catching_up";
    public const string ChargeInFlight = "charge_in_flight";
    public const string ClockNotVirtual = "clock_not_virtual";
    public const string Conflict = "conflict";
    public const string CouponApplied = "coupon_applied";
    public const string CouponCodeExists = "coupon_code_exists";
    public const string CouponExhausted = "coupon_exhausted";
    public const string CouponExists = "coupon_exists";
    public const string CouponNotFound = "coupon_not_found";
    public const string CouponNotValidHere = "coupon_not_valid_here";
    public const string CouponNotValidNow = "coupon_not_valid_now";
    public const string CustomerExists = "customer_exists";
    public const string CustomerNotFound = "customer_not_found";
    public const string CustomerUnknown = "customer_unknown";
    public const string DocumentTooLarge = "document_too_large";
    public const string Duplicate = "duplicate";
    public const string DuplicateField = "duplicate_field";
    public const string Empty = "empty";
    public const string Forbidden = "forbidden";
    public const string GivenPeriodForbidden = "given_period_forbidden";
    public const string HeadersTooLarge = "headers_too_large";
    public const string HttpVersionNotSupported = "http_version_not_supported";
    public const string IdempotencyKeyInUse = "idempotency_key_in_use";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string ImageTooLarge = "image_too_large";
    public const string Immutable = "immutable";
    public const string InstallmentsNotPossible = "installments_not_possible";
    public const string InternalError = "internal_error";
    public const string InvalidCursor = "invalid_cursor";
    public const string InvalidDate = "invalid_date";
    public const string InvalidEmail = "invalid_email";
    public const string InvalidId = "invalid_id";
    public const string InvalidIdempotencyKey = "invalid_idempotency_key";
    public const string InvalidIfMatch = "invalid_if_match";
    public const string InvalidInstant = "invalid_instant";
    public const string InvalidKey = "invalid_key";
    public const string InvalidLocale = "invalid_locale";
    public const string InvalidPercent = "invalid_percent";
    public const string InvalidReason = "invalid_reason";
    public const string InvalidText = "invalid_text";
    public const string InvalidToken = "invalid_token";
    public const string InvalidUrl = "invalid_url";
    public const string InvalidValue = "invalid_value";
    public const string InvoiceNotFound = "invoice_not_found";
    public const string InvoiceNotOverdue = "invoice_not_overdue";
    public const string InvoiceOpen = "invoice_open";
    public const string InvoiceOverdue = "invoice_overdue";
    public const string KeyNotFound = "key_not_found";
    public const string KeyOutOfScope = "key_out_of_scope";
    public const string LastTierOpen = "last_tier_open";
    public const string LengthRequired = "length_required";
    public const string LineRefundTooLarge = "line_refund_too_large";
    public const string LineTooLarge = "line_too_large";
    public const string LinesDoNotSum = "lines_do_not_sum";
    public const string LogoNotFound = "logo_not_found";
    public const string MalformedJson = "malformed_json";
    public const string MalformedRequest = "malformed_request";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string NoCancellationScheduled = "no_cancellation_scheduled";
    public const string NoMasterKey = "no_master_key";
    public const string NoPlanChangeScheduled = "no_plan_change_scheduled";
    public const string NoRetentionOffer = "no_retention_offer";
    public const string NoRetentionOffers = "no_retention_offers";
    public const string NoVoucherExpired = "no_voucher_expired";
    public const string NotAnImage = "not_an_image";
    public const string NotCanceled = "not_canceled";
    public const string NotPaused = "not_paused";
    public const string NotPossibleNow = "not_possible_now";
    public const string NotReady = "not_ready";
    public const string NotStored = "not_stored";
    public const string NotTrialing = "not_trialing";
    public const string NothingOverdue = "nothing_overdue";
    public const string NothingToChange = "nothing_to_change";
    public const string NothingToRefund = "nothing_to_refund";
    public const string OfferArchived = "offer_archived";
    public const string OfferExists = "offer_exists";
    public const string OfferNotFound = "offer_not_found";
    public const string OlderInvoiceOverdue = "older_invoice_overdue";
    public const string OriginForbidden = "origin_forbidden";
    public const string OtherCurrency = "other_currency";
    public const string OtherProduct = "other_product";
    public const string OutOfRange = "out_of_range";
    public const string PauseEndNotLater = "pause_end_not_later";
    public const string PauseScheduled = "pause_scheduled";
    public const string PauseTooLong = "pause_too_long";
    public const string PausedForPayment = "paused_for_payment";
    public const string PaymentMethodRequired = "payment_method_required";
    public const string PaymentNotFound = "payment_not_found";
    public const string PeriodNotFound = "period_not_found";
    public const string PlanArchived = "plan_archived";
    public const string PlanChangeScheduled = "plan_change_scheduled";
    public const string PlanExists = "plan_exists";
    public const string PlanNotFound = "plan_not_found";
    public const string PriceTooHigh = "price_too_high";
    public const string ProductArchived = "product_archived";
    public const string ProductExists = "product_exists";
    public const string ProductNotFound = "product_not_found";
    public const string RateLimited = "rate_limited";
    public const string Rebuilding = "rebuilding";
    public const string RefundForbidden = "refund_forbidden";
    public const string RefundInFlight = "refund_in_flight";
    public const string RefundNeedsCancelNow = "refund_needs_cancel_now";
    public const string RefundTooLarge = "refund_too_large";
    public const string ReplayRunning = "replay_running";
    public const string RequestTimeout = "request_timeout";
    public const string Required = "required";
    public const string RouteNotFound = "route_not_found";
    public const string SecretOverlapRunning = "secret_overlap_running";
    public const string SellerNotFound = "seller_not_found";
    public const string SimulationNotFound = "simulation_not_found";
    public const string StartInPast = "start_in_past";
    public const string StartTooFar = "start_too_far";
    public const string Stopping = "stopping";
    public const string StreamIdle = "stream_idle";
    public const string SubscriptionEnded = "subscription_ended";
    public const string SubscriptionExists = "subscription_exists";
    public const string SubscriptionNotFound = "subscription_not_found";
    public const string ToInPast = "to_in_past";
    public const string TooLong = "too_long";
    public const string TooManyCouponGuesses = "too_many_coupon_guesses";
    public const string TooManyDiscounts = "too_many_discounts";
    public const string TooManyEndpoints = "too_many_endpoints";
    public const string TooManyIdempotencyKeys = "too_many_idempotency_keys";
    public const string TooManyMessages = "too_many_messages";
    public const string TooManyMeters = "too_many_meters";
    public const string TooManyOpenInvoices = "too_many_open_invoices";
    public const string TooManyRefunds = "too_many_refunds";
    public const string TooManyRequests = "too_many_requests";
    public const string TooManyRows = "too_many_rows";
    public const string TooManySignIns = "too_many_sign_ins";
    public const string TooManySimulations = "too_many_simulations";
    public const string TooManyStreams = "too_many_streams";
    public const string TooPrecise = "too_precise";
    public const string TrialEndNotLater = "trial_end_not_later";
    public const string TrialTooLong = "trial_too_long";
    public const string Unauthenticated = "unauthenticated";
    public const string Unavailable = "unavailable";
    public const string Unknown = "unknown";
    public const string UnknownAddon = "unknown_addon";
    public const string UnknownCountry = "unknown_country";
    public const string UnknownCurrency = "unknown_currency";
    public const string UnknownField = "unknown_field";
    public const string UnknownLine = "unknown_line";
    public const string UnknownMeter = "unknown_meter";
    public const string UnknownTimeZone = "unknown_time_zone";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string UriTooLong = "uri_too_long";
    public const string UsageKeyMismatch = "usage_key_mismatch";
    public const string UsageTimeOutOfRange = "usage_time_out_of_range";
    public const string UsageTooLarge = "usage_too_large";
    public const string UsageTooOld = "usage_too_old";
    public const string VersionMismatch = "version_mismatch";
    public const string VoucherPending = "voucher_pending";
    public const string WebhookEndpointExists = "webhook_endpoint_exists";
    public const string WebhookEndpointNotFound = "webhook_endpoint_not_found";
    public const string WrongType = "wrong_type";
}

/// <summary>What happened to a subscription. Types never change their meaning; new ones may be added.</summary>
public static class EventType
{
    public const string AttemptPostponed = "attempt_postponed";
    public const string BillingDateChanged = "billing_date_changed";
    public const string BillingDateMoved = "billing_date_moved";
    public const string Canceled = "canceled";
    public const string CancellationScheduled = "cancellation_scheduled";
    public const string CancellationUndone = "cancellation_undone";
    public const string ChangeVoided = "change_voided";
    public const string ChargeDeclined = "charge_declined";
    public const string ChargeRequested = "charge_requested";
    public const string ChargeSucceeded = "charge_succeeded";
    public const string ChargebackClosed = "chargeback_closed";
    public const string ChargedBack = "charged_back";
    public const string Completed = "completed";
    public const string CreditGranted = "credit_granted";
    public const string DiscountGranted = "discount_granted";
    public const string DunningExhausted = "dunning_exhausted";
    public const string Expired = "expired";
    public const string InvoiceClosed = "invoice_closed";
    public const string InvoiceIssued = "invoice_issued";
    public const string InvoiceReduced = "invoice_reduced";
    public const string LatePaymentReceived = "late_payment_received";
    public const string MessageSent = "message_sent";
    public const string MetadataChanged = "metadata_changed";
    public const string PauseEndMoved = "pause_end_moved";
    public const string PauseScheduled = "pause_scheduled";
    public const string PauseUndone = "pause_undone";
    public const string Paused = "paused";
    public const string PaymentAsked = "payment_asked";
    public const string PaymentMethodChanged = "payment_method_changed";
    public const string PaymentUnknown = "payment_unknown";
    public const string PeriodEndMoved = "period_end_moved";
    public const string PlanChangeScheduled = "plan_change_scheduled";
    public const string PlanChangeUndone = "plan_change_undone";
    public const string PlanChanged = "plan_changed";
    public const string Reactivated = "reactivated";
    public const string RecurrenceStarted = "recurrence_started";
    public const string RefundFailed = "refund_failed";
    public const string RefundRequested = "refund_requested";
    public const string RefundSucceeded = "refund_succeeded";
    public const string RenewalAlerted = "renewal_alerted";
    public const string Resumed = "resumed";
    public const string RetentionAccepted = "retention_accepted";
    public const string RetentionAssigned = "retention_assigned";
    public const string Subscribed = "subscribed";
    public const string TermEnded = "term_ended";
    public const string TrialEndAnnounced = "trial_end_announced";
    public const string TrialEndMoved = "trial_end_moved";
    public const string TrialStarted = "trial_started";
    public const string UsageRecorded = "usage_recorded";
    public const string VoucherIssued = "voucher_issued";
    public const string VoucherReminded = "voucher_reminded";
    public const string VoucherWithdrawn = "voucher_withdrawn";
}

/// <summary>What happens to a subscription when dunning ends and an invoice is still overdue.</summary>
[JsonConverter(typeof(NameConverter<ExhaustedAction>))]
public enum ExhaustedAction
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Cancel,
    Pause,
    LeavePastDue,
}

/// <summary>
/// The events that integrators see, in the words of the contract. One event of the journal can be none, one or several
/// of these. The numbers are stored, so they are never changed or reused.
/// </summary>
public static class FeedEventType
{
    public const string SubscriptionCreated = "subscription.created";
    public const string SubscriptionTrialWillEnd = "subscription.trial_will_end";
    public const string SubscriptionTrialEnded = "subscription.trial_ended";
    public const string SubscriptionActivated = "subscription.activated";
    public const string SubscriptionRenewed = "subscription.renewed";
    public const string SubscriptionPastDue = "subscription.past_due";
    public const string SubscriptionRecovered = "subscription.recovered";
    public const string SubscriptionPlanChanged = "subscription.plan_changed";
    public const string SubscriptionPaused = "subscription.paused";
    public const string SubscriptionResumed = "subscription.resumed";
    public const string SubscriptionCancelScheduled = "subscription.cancel_scheduled";
    public const string SubscriptionCanceled = "subscription.canceled";
    public const string SubscriptionReactivated = "subscription.reactivated";
    public const string SubscriptionExpired = "subscription.expired";
    public const string SubscriptionCompleted = "subscription.completed";
    public const string SubscriptionRenewalAlert = "subscription.renewal_alert";
    public const string InvoiceCreated = "invoice.created";
    public const string InvoicePaid = "invoice.paid";
    public const string InvoicePaymentFailed = "invoice.payment_failed";
    public const string InvoiceRefunded = "invoice.refunded";
    public const string InvoiceVoided = "invoice.voided";
    public const string InvoiceUncollectible = "invoice.uncollectible";
    public const string PaymentVoucherIssued = "payment.voucher_issued";
    public const string PaymentVoucherReminder = "payment.voucher_reminder";
    public const string PaymentVoucherExpired = "payment.voucher_expired";
    public const string PaymentChargeback = "payment.chargeback";
    public const string EndpointDisabled = "endpoint.disabled";
}

/// <summary>The calendar unit in which a plan recurs.</summary>
[JsonConverter(typeof(NameConverter<IntervalUnit>))]
public enum IntervalUnit
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>What an invoice line charges or credits.</summary>
[JsonConverter(typeof(NameConverter<InvoiceLineType>))]
public enum InvoiceLineType
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Recurrence,
    Discount,
    ProrationCredit,
    ProrationCharge,
    CreditApplied,
    Addon,
    Usage,
    Installment,
    Tax,
}

/// <summary>Whether an invoice is owed, paid or closed.</summary>
[JsonConverter(typeof(NameConverter<InvoiceStatus>))]
public enum InvoiceStatus
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Open,
    Paid,
    Void,
    Uncollectible,
    Disputed,
}

/// <summary>Who a key speaks for.</summary>
[JsonConverter(typeof(NameConverter<KeyHolderRole>))]
public enum KeyHolderRole
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Admin,
    Seller,
    Customer,
    Partner,
}

/// <summary>Who sent a message.</summary>
[JsonConverter(typeof(NameConverter<MessageSender>))]
public enum MessageSender
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Customer,
    Seller,
    Administrator,
}

/// <summary>How a meter combines the usage events of one period.</summary>
[JsonConverter(typeof(NameConverter<MeterAggregation>))]
public enum MeterAggregation
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Sum,
    Max,
    Last,
    Unique,
}

/// <summary>How metered units beyond the included ones are priced.</summary>
[JsonConverter(typeof(NameConverter<MeterPricing>))]
public enum MeterPricing
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    PerUnit,
    Graduated,
    Volume,
    Package,
}

/// <summary>
/// Whose prices change. In production a running subscription keeps its version of an offer; a simulation may change it.
/// </summary>
[JsonConverter(typeof(NameConverter<PriceScope>))]
public enum PriceScope
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Existing,
    NewOnly,
}

/// <summary>Where refunded money goes.</summary>
[JsonConverter(typeof(NameConverter<RefundTarget>))]
public enum RefundTarget
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    PaymentMethod,
    Credit,
}

/// <summary>By what something was found.</summary>
[JsonConverter(typeof(NameConverter<SearchMatch>))]
public enum SearchMatch
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Id,
    Email,
    Name,
    Number,
    Customer,
}

/// <summary>Kinds of what a search finds.</summary>
[JsonConverter(typeof(NameConverter<SearchType>))]
public enum SearchType
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Subscription,
    Customer,
    Invoice,
}

/// <summary>The status of a simulation.</summary>
[JsonConverter(typeof(NameConverter<SimulationStatus>))]
public enum SimulationStatus
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Queued,
    Running,
    Done,
    Failed,
    Canceled,
}

/// <summary>Why a party gets a share of the revenue.</summary>
[JsonConverter(typeof(NameConverter<SplitRole>))]
public enum SplitRole
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Platform,
    CoProducer,
    Affiliate,
}

/// <summary>The stages of a subscription's life (see "Statuses" in the domain's README).</summary>
[JsonConverter(typeof(NameConverter<SubscriptionStatus>))]
public enum SubscriptionStatus
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Pending,
    Trialing,
    Active,
    PastDue,
    Paused,
    Canceled,
    Expired,
    Completed,
}

/// <summary>What a plan change does to a running trial.</summary>
[JsonConverter(typeof(NameConverter<TrialChange>))]
public enum TrialChange
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Continue,
    End,
}

/// <summary>What happens at the end of a trial without a payment method.</summary>
[JsonConverter(typeof(NameConverter<TrialWithoutPaymentMethod>))]
public enum TrialWithoutPaymentMethod
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Cancel,
    PastDue,
    Pause,
}

/// <summary>How a usage event was taken.</summary>
[JsonConverter(typeof(NameConverter<UsageOutcome>))]
public enum UsageOutcome
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Counted,
    Double,
    KnownKey,
    NotHighest,
    NotLatest,
}

/// <summary>Whether an event was delivered.</summary>
[JsonConverter(typeof(NameConverter<WebhookDeliveryStatus>))]
public enum WebhookDeliveryStatus
{
    /// <summary>A value that is newer than this version of the client.</summary>
    Unrecognized = 0,
    Delivered,
    Waiting,
}
