using System.Text.Json.Serialization;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Search;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The JSON of the API: snake_case, no unknown or duplicate fields, null only where allowed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(InstantConverter),
        typeof(LocalDateConverter),
        typeof(PercentConverter),
        typeof(RawJsonConverter),
        typeof(SnakeCaseEnumConverter<ApiKeyRole>),
        typeof(SnakeCaseEnumConverter<ApiKeyScope>),
        typeof(SnakeCaseEnumConverter<AttemptOutcome>),
        typeof(SnakeCaseEnumConverter<BalanceEntryKind>),
        typeof(SnakeCaseEnumConverter<BulkType>),
        typeof(SnakeCaseEnumConverter<CancellationOrigin>),
        typeof(SnakeCaseEnumConverter<CancellationRefund>),
        typeof(SnakeCaseEnumConverter<ChargebackAction>),
        typeof(SnakeCaseEnumConverter<ClockMode>),
        typeof(SnakeCaseEnumConverter<ConfirmedOutcome>),
        typeof(SnakeCaseEnumConverter<CouponDuration>),
        typeof(SnakeCaseEnumConverter<DiscountSource>),
        typeof(SnakeCaseEnumConverter<DisabledBecause>),
        typeof(SnakeCaseEnumConverter<DisputeStatus>),
        typeof(SnakeCaseEnumConverter<EffectiveAt>),
        typeof(SnakeCaseEnumConverter<ExhaustedAction>),
        typeof(SnakeCaseEnumConverter<FeedEventType>),
        typeof(SnakeCaseEnumConverter<IntervalUnit>),
        typeof(SnakeCaseEnumConverter<InvoiceLineType>),
        typeof(SnakeCaseEnumConverter<InvoiceStatus>),
        typeof(SnakeCaseEnumConverter<KeyHolderRole>),
        typeof(SnakeCaseEnumConverter<MessageSender>),
        typeof(SnakeCaseEnumConverter<PriceScope>),
        typeof(SnakeCaseEnumConverter<SearchMatch>),
        typeof(SnakeCaseEnumConverter<SearchType>),
        typeof(SnakeCaseEnumConverter<SimulationStatus>),
        typeof(SnakeCaseEnumConverter<MeterAggregation>),
        typeof(SnakeCaseEnumConverter<MeterPricing>),
        typeof(SnakeCaseEnumConverter<RefundTarget>),
        typeof(SnakeCaseEnumConverter<SplitRole>),
        typeof(SnakeCaseEnumConverter<SubscriptionStatus>),
        typeof(SnakeCaseEnumConverter<TrialChange>),
        typeof(SnakeCaseEnumConverter<WebhookDeliveryStatus>),
        typeof(SnakeCaseEnumConverter<TrialWithoutPaymentMethod>),
        typeof(SnakeCaseEnumConverter<UsageOutcome>),
    ])]
[JsonSerializable(typeof(ClusterDocument))]
[JsonSerializable(typeof(ProductBody))]
[JsonSerializable(typeof(ProductPatchBody))]
[JsonSerializable(typeof(ProductPage))]
[JsonSerializable(typeof(ProductDocument))]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(PlanPatchBody))]
[JsonSerializable(typeof(PlanPage))]
[JsonSerializable(typeof(OfferPage))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(OfferBody))]
[JsonSerializable(typeof(OfferVersionBody))]
[JsonSerializable(typeof(OfferDocument))]
[JsonSerializable(typeof(CustomerBody))]
[JsonSerializable(typeof(CustomerPatchBody))]
[JsonSerializable(typeof(CustomerPage))]
[JsonSerializable(typeof(EntitlementList))]
[JsonSerializable(typeof(CustomerDocument))]
[JsonSerializable(typeof(SearchResultList))]
[JsonSerializable(typeof(SellerBody))]
[JsonSerializable(typeof(SellerDocument))]
[JsonSerializable(typeof(SellerLogoDocument))]
[JsonSerializable(typeof(CouponBody))]
[JsonSerializable(typeof(CouponPatchBody))]
[JsonSerializable(typeof(CouponPage))]
[JsonSerializable(typeof(CouponDocument))]
[JsonSerializable(typeof(SubscribeBody))]
[JsonSerializable(typeof(SubscriptionPatchBody))]
[JsonSerializable(typeof(CancelBody))]
[JsonSerializable(typeof(EmptyBody))]
[JsonSerializable(typeof(ReactivateBody))]
[JsonSerializable(typeof(ExtendTrialBody))]
[JsonSerializable(typeof(ChangePaymentMethodBody))]
[JsonSerializable(typeof(ChangePlanBody))]
[JsonSerializable(typeof(PauseBody))]
[JsonSerializable(typeof(BillingDateBody))]
[JsonSerializable(typeof(ApplyCouponBody))]
[JsonSerializable(typeof(GiveBody))]
[JsonSerializable(typeof(UsageBody))]
[JsonSerializable(typeof(AskRetentionBody))]
[JsonSerializable(typeof(RefundBody))]
[JsonSerializable(typeof(SubscriptionDocument))]
[JsonSerializable(typeof(InvoicePreviewDocument))]
[JsonSerializable(typeof(RetentionAnswerDocument))]
[JsonSerializable(typeof(SubscriptionPage))]
[JsonSerializable(typeof(InvoicePage))]
[JsonSerializable(typeof(CreditNotePage))]
[JsonSerializable(typeof(ChargebackPage))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(PeriodUsageDocument))]
[JsonSerializable(typeof(SubscriptionMessageBody))]
[JsonSerializable(typeof(SubscriptionMessageDocument))]
[JsonSerializable(typeof(SubscriptionMessagePage))]
[JsonSerializable(typeof(FeedPageDocument))]
[JsonSerializable(typeof(FeedEventDocument))]
[JsonSerializable(typeof(WrittenFeedPage))]
[JsonSerializable(typeof(WebhookEndpointBody))]
[JsonSerializable(typeof(WebhookEndpointPatchBody))]
[JsonSerializable(typeof(RotateSecretBody))]
[JsonSerializable(typeof(WebhookReplayBody))]
[JsonSerializable(typeof(WebhookEndpointDocument))]
[JsonSerializable(typeof(WebhookSecretDocument))]
[JsonSerializable(typeof(WebhookTestDocument))]
[JsonSerializable(typeof(WebhookTestEvent))]
[JsonSerializable(typeof(WebhookReplayDocument))]
[JsonSerializable(typeof(WebhookEndpointPage))]
[JsonSerializable(typeof(WebhookDeliveryPage))]
[JsonSerializable(typeof(SubscribeLine))]
[JsonSerializable(typeof(CancelLine))]
[JsonSerializable(typeof(PlainLine))]
[JsonSerializable(typeof(ReactivateLine))]
[JsonSerializable(typeof(ExtendTrialLine))]
[JsonSerializable(typeof(PaymentMethodLine))]
[JsonSerializable(typeof(ChangePlanLine))]
[JsonSerializable(typeof(PauseLine))]
[JsonSerializable(typeof(BillingDateLine))]
[JsonSerializable(typeof(MetadataLine))]
[JsonSerializable(typeof(ApplyCouponLine))]
[JsonSerializable(typeof(GiveLine))]
[JsonSerializable(typeof(UsageLine))]
[JsonSerializable(typeof(BulkAnswerDocument))]
[JsonSerializable(typeof(ConfirmPaymentBody))]
[JsonSerializable(typeof(ChargebackBody))]
[JsonSerializable(typeof(BalancePage))]
[JsonSerializable(typeof(BalanceEntryPage))]
[JsonSerializable(typeof(QuarantinePage))]
[JsonSerializable(typeof(ReleasedDocument))]
[JsonSerializable(typeof(MessageList))]
[JsonSerializable(typeof(RemoveMessagesBody))]
[JsonSerializable(typeof(MessagesRemovedDocument))]
[JsonSerializable(typeof(CancellationFiguresDocument))]
[JsonSerializable(typeof(MonthlyCancellationsList))]
[JsonSerializable(typeof(OriginsList))]
[JsonSerializable(typeof(DailyList))]
[JsonSerializable(typeof(SummaryDocument))]
[JsonSerializable(typeof(SimulationBody))]
[JsonSerializable(typeof(AnsweredSimulationDocument))]
[JsonSerializable(typeof(SimulationList))]
[JsonSerializable(typeof(RevenueMovementsList))]
[JsonSerializable(typeof(ForecastDocument))]
[JsonSerializable(typeof(CohortList))]
[JsonSerializable(typeof(ReasonsList))]
[JsonSerializable(typeof(AffiliatesList))]
[JsonSerializable(typeof(RetentionVariantsList))]
[JsonSerializable(typeof(ClockDocument))]
[JsonSerializable(typeof(ClockAdvanceBody))]
[JsonSerializable(typeof(ClockAdvancedDocument))]
[JsonSerializable(typeof(ConsoleLinkBody))]
[JsonSerializable(typeof(ConsoleLinkDocument))]
[JsonSerializable(typeof(ConsoleSessionDocument))]
[JsonSerializable(typeof(ApiKeyBody))]
[JsonSerializable(typeof(ApiKeyDocument))]
[JsonSerializable(typeof(ListedApiKeyDocument))]
[JsonSerializable(typeof(ApiKeyPage))]
[JsonSerializable(typeof(CustomerTokenBody))]
[JsonSerializable(typeof(CustomerTokenDocument))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(RootDocument))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class GatewayJson : JsonSerializerContext;
