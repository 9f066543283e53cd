using System.Reflection;

namespace OrleansBilling.Domain.Tests.Access;

/// <summary>Every refusal of the decider, with a situation that triggers it. None of them changes anything.</summary>
public sealed class RefusalTests
{
    /// <summary>
    /// Refusals that do not come from the decider but from the runtime, which stores keys and versions, or from the coupon store, which
    /// counts redemptions.
    /// </summary>
    private static readonly string[] OfOthers = [
        nameof(Refusal.KeyReused), nameof(Refusal.TooManyKeys), nameof(Refusal.CouponExhausted), nameof(Refusal.CouponNotFound),
        nameof(Refusal.OtherVersion), nameof(Refusal.CustomerUnknown)];

    private static readonly Dictionary<string, Func<(Timeline Life, SubscriptionCommand Command, Caller Caller)>> Situations = new()
    {
        [nameof(Refusal.NotFound)] = () => (New(), Ask.Cancel(), By.Administrator),
        [nameof(Refusal.AlreadyExists)] = () => (Active(), Active().Subscription(), By.Administrator),
        [nameof(Refusal.OfferNotFound)] = () => (New(), New().Subscription(), By.OtherSeller),
        [nameof(Refusal.OfferArchived)] = () => (Active(), ChangeToArchived(ArchivedPart.Offer), By.Customer),
        [nameof(Refusal.PlanArchived)] = () => (New(), SubscribeToArchived(ArchivedPart.Plan), By.Seller),
        [nameof(Refusal.ProductArchived)] = () => (New(), SubscribeToArchived(ArchivedPart.Product), By.Seller),
        [nameof(Refusal.NotForCustomers)] = () => (Active(), Ask.Retry(), By.Customer),
        [nameof(Refusal.ForAdministrators)] = () => (Active(), Ask.Chargeback(), By.Seller),
        [nameof(Refusal.OriginForAdministrators)] = () => (Active(), Ask.Cancel(origin: CancellationOrigin.Seller), By.Seller),
        [nameof(Refusal.RefundNotForCustomers)] = () => (Active(), Ask.Cancel(CancellationRefund.Full), By.Customer),
        [nameof(Refusal.GivenPeriodNotForCustomers)] = () => (Active().Tell(Ask.Cancel()), Ask.Reactivate(charge: false), By.Customer),
        [nameof(Refusal.PaymentMethodRequired)] = () => (New(), New().Subscription(token: null), By.Administrator),
        [nameof(Refusal.StartInPast)] = () => (New(), New().Subscription(startAt: When.Utc("2024-01-31T09:59")), By.Administrator),
        [nameof(Refusal.StartTooFar)] = () => (New(), New().Subscription(startAt: When.Utc("2035-01-01T00:00")), By.Administrator),
        [nameof(Refusal.Ended)] = () => (Active().Tell(Ask.Cancel()), Ask.Cancel(), By.Administrator),
        [nameof(Refusal.CancellationScheduled)] = () => (Active().Tell(Ask.CancelAtPeriodEnd()), Ask.CancelAtPeriodEnd(), By.Administrator),
        [nameof(Refusal.NoCancellationScheduled)] = () => (Active(), Ask.Uncancel(), By.Administrator),
        [nameof(Refusal.RefundNeedsImmediateCancel)] = () => (Active(), Ask.CancelAtPeriodEnd(CancellationRefund.Full), By.Administrator),
        [nameof(Refusal.NotCanceled)] = () => (Active(), Ask.Reactivate(), By.Administrator),
        [nameof(Refusal.NothingOverdue)] = () => (Active(), Ask.Retry(), By.Administrator),
        [nameof(Refusal.ChargeInFlight)] = () => (RetryInFlight(), Ask.Retry(), By.Administrator),
        [nameof(Refusal.AttemptLimit)] = () => (DeclinedTooOften(), Ask.Retry(), By.Administrator),
        [nameof(Refusal.NotTrialing)] = () => (Active(), Ask.EndTrial(), By.Administrator),
        [nameof(Refusal.TrialEndNotLater)] = () => (Trialing(), Ask.ExtendTrial(0), By.Administrator),
        [nameof(Refusal.TrialTooLong)] = () => (Trialing(), Ask.ExtendTrial(730), By.Administrator),
        [nameof(Refusal.NotWhile)] = () => (Trialing(), Ask.Pause(), By.Administrator),
        [nameof(Refusal.CatchingUp)] = () => (Active().SleepTo("2024-05-01T00:00"), Ask.Quantity(2), By.Administrator),
        [nameof(Refusal.InvoiceOverdue)] = () => (PastDue(), Ask.Pause(), By.Customer),
        [nameof(Refusal.InvoiceOpen)] = () => (Charging(), Ask.BillingDate("2024-03-15T00:00"), By.Customer),
        [nameof(Refusal.TooMuchOwed)] = () => (OwingTooMuch(), Ask.Quantity(2), By.Administrator),
        [nameof(Refusal.NothingToChange)] = () => (Active(), Ask.Quantity(1), By.Customer),
        [nameof(Refusal.TooMuchMetadata)] = () => (LabeledFully(), Ask.Metadata(("one_more", "v")), By.Seller),
        [nameof(Refusal.TooManyMessages)] = () => (TalkedALot(), Ask.Message("one more"), By.Customer),
        [nameof(Refusal.OtherProduct)] = () => (Active(), Ask.ChangePlan(OtherProduct), By.Customer),
        [nameof(Refusal.OtherCurrency)] = () => (Active(), Ask.ChangePlan(Given.Monthly(currency: "USD").Terms()), By.Customer),
        [nameof(Refusal.QuantityOutOfRange)] = () => (Active(), Ask.Quantity(0), By.Customer),
        [nameof(Refusal.UnknownAddOn)] = () => (Active(), Ask.AddOns(("storage", 1)), By.Customer),
        [nameof(Refusal.PriceTooHigh)] = () =>
            (Given.Monthly(99_999_999_999).At("2024-01-31T10:00").Subscribe(), Ask.Quantity(101), By.Customer),
        [nameof(Refusal.NoPlanChangeScheduled)] = () => (Active(), Ask.UndoPlanChange(), By.Customer),
        [nameof(Refusal.PlanChangeScheduled)] = () =>
            (Active().Tell(Ask.Quantity(2, EffectiveAt.PeriodEnd)), Ask.BillingDate("2024-03-15T00:00"), By.Customer),
        [nameof(Refusal.PauseScheduled)] = () => (Active().Tell(Ask.Pause(EffectiveAt.PeriodEnd)), Ask.Pause(), By.Customer),
        [nameof(Refusal.PauseEndNotLater)] = () => (Active(), Ask.Pause(until: "2024-01-31T10:00"), By.Customer),
        [nameof(Refusal.PauseTooLong)] = () => (Active(), Ask.Pause(until: "2026-02-01T10:00"), By.Customer),
        [nameof(Refusal.NotPaused)] = () => (Active(), Ask.Resume(), By.Customer),
        [nameof(Refusal.PausedForPayment)] = () => (InStatus.All["paused unpaid"](), Ask.Resume(), By.Customer),
        [nameof(Refusal.BillingDateInPast)] = () => (Active(), Ask.BillingDate("2024-01-31T10:00"), By.Customer),
        [nameof(Refusal.BillingDateTooFar)] = () => (Active(), Ask.BillingDate("2024-03-31T10:01"), By.Customer),
        [nameof(Refusal.BillingDateChanged)] = () =>
            (Active().Tell(Ask.BillingDate("2024-03-15T00:00")), Ask.BillingDate("2024-03-20T00:00"), By.Customer),
        [nameof(Refusal.CouponDoesNotFit)] = () => (Active(), Ask.Coupon(Coupon with { SellerId = "other-seller" }), By.Customer),
        [nameof(Refusal.CouponNotNow)] = () =>
            (Active(), Ask.Coupon(Coupon with { RedeemUntil = When.Utc("2024-01-31T10:00") }), By.Customer),
        [nameof(Refusal.CouponApplied)] = () => (Active().Tell(Ask.Coupon(Coupon)), Ask.Coupon(Coupon), By.Customer),
        [nameof(Refusal.TooManyDiscounts)] = () => (Discounted(20), Ask.Give(1), By.Seller),
        [nameof(Refusal.RecurrencesOutOfRange)] = () => (Active(), Ask.Give(0), By.Seller),
        [nameof(Refusal.NoRetentionOffers)] = () => (Active(), Ask.Retention(), By.Customer),
        [nameof(Refusal.NoRetentionOffer)] = () => (Active(), Ask.AcceptRetention(), By.Customer),
        [nameof(Refusal.UnknownMeter)] = () => (InStatus.All["active"](), Ask.Usage("u", "minutes", 1), By.Seller),
        [nameof(Refusal.UsageTooLarge)] = () => (InStatus.All["active"](), Ask.Usage("u", "calls", -1), By.Seller),
        [nameof(Refusal.UsageCostsTooMuch)] = () =>
            (DearMeter().At("2024-06-01T00:00").Subscribe(), Ask.Usage("u", "calls", 10_001), By.Seller),
        [nameof(Refusal.TooManyMeters)] = () =>
            (Usage.UsageLimitTests.Metered(100), Ask.ChangePlan(Usage.UsageLimitTests.Offer("new", 1)), By.Customer),
        [nameof(Refusal.UsageKeyMismatch)] = () => (InStatus.All["active"](), Ask.Usage("u", "calls", 1, "key"), By.Seller),
        [nameof(Refusal.UsageTooOld)] = () => (UsedLongAgo(), Ask.Usage("u", "calls", 1, at: When.Utc("2024-06-01T00:00")), By.Seller),
        [nameof(Refusal.UsageTimeOutOfRange)] = () =>
            (InStatus.All["active"](), Ask.Usage("u", "calls", 1, at: When.Utc("2030-01-01T00:00")), By.Seller),
        [nameof(Refusal.InvoiceNotFound)] = () => (Active(), Ask.Refund(7), By.Seller),
        [nameof(Refusal.InvoiceNotOverdue)] = () => (Active(), Ask.RetryInvoice(1), By.Seller),
        [nameof(Refusal.OlderInvoiceOverdue)] = () =>
            (Dunning.SeveralOverdueTests.PausedWithFourDaysOwed(), Ask.RetryInvoice(3), By.Seller),
        [nameof(Refusal.PaymentNotFound)] = () => (Active(), Ask.Confirm(Bank.Paid, attempt: 7), By.Administrator),
        [nameof(Refusal.NothingCollected)] = () => (Active().Tell(Ask.Refund(1)), Ask.Refund(1), By.Seller),
        [nameof(Refusal.RefundTooLarge)] = () => (Active(), Ask.Refund(1, 1001), By.Seller),
        [nameof(Refusal.UnknownLine)] = () => (Active(), Ask.RefundLines(1, (2, 1)), By.Seller),
        [nameof(Refusal.LineRefundTooLarge)] = () => (Active(), Ask.RefundLines(1, (1, 1001)), By.Seller),
        [nameof(Refusal.LinesDoNotSum)] = () =>
            (Active(), ((SubscriptionCommand.RefundInvoice)Ask.RefundLines(1, (1, 10))) with { Amount = 11 }, By.Seller),
        [nameof(Refusal.TooManyRefunds)] = () => (Refunding(64), Ask.Refund(1, 1), By.Seller),
        [nameof(Refusal.RefundInFlight)] = () => (Refunding(1), Ask.Chargeback(), By.Administrator),
        [nameof(Refusal.VoucherPending)] = () => (New().SubscribeWith(Bank.Voucher), Ask.NewVoucher(), By.Customer),
        [nameof(Refusal.NoVoucherExpired)] = () => (Active(), Ask.NewVoucher(), By.Customer),
    };

    public static TheoryData<string> Names => [.. Situations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_refusal_is_met_in_its_situation_and_changes_nothing(string name)
    {
        var (life, command, caller) = Situations[name]();
        var before = life.StateOrNull;
        var events = life.Events.Count;

        var refusal = life.Refuses(command, caller);

        // The command at fault may name a field.
        Assert.Equal(Known(name, before) with { Field = refusal.Field }, refusal);
        Assert.Same(before, life.StateOrNull);
        Assert.Equal(events, life.Events.Count);
        Assert.EndsWith(".", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subscription_may_take_a_newer_version_of_its_offer_that_is_archived()
    {
        var life = Active();
        var newer = Given.Monthly().OfOffer(offer => offer with { Version = 2, Amount = 1500 }).Terms();

        life.Tell((SubscriptionCommand.ChangePlan)Ask.ChangePlan(newer) with { Archived = ArchivedPart.Offer });

        Assert.Equal(2, life.State.OfferVersion);
    }

    [Fact]
    public void No_refusal_is_without_a_situation()
    {
        var known = typeof(Refusal).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.Name)
            .Concat([nameof(Refusal.Ended), nameof(Refusal.NotWhile)]).Except(OfOthers);

        Assert.Equal(known.Order(), Situations.Keys.Order());
    }

    [Fact]
    public void Refusals_that_share_a_code_share_their_kind() => Assert.All(
        Situations.Keys.Select(name => Known(name, null)).GroupBy(refusal => refusal.Code),
        refusals => Assert.Single(refusals.Select(refusal => refusal.Kind).Distinct()));

    [Theory]
    [InlineData(SubscriptionStatus.Canceled, "canceled")]
    [InlineData(SubscriptionStatus.Expired, "expired")]
    [InlineData(SubscriptionStatus.Completed, "completed")]
    [InlineData(SubscriptionStatus.PastDue, "past_due")]
    [InlineData(SubscriptionStatus.Pending, "pending")]
    [InlineData(SubscriptionStatus.Trialing, "trialing")]
    [InlineData(SubscriptionStatus.Active, "active")]
    [InlineData(SubscriptionStatus.Paused, "paused")]
    public void Statuses_have_the_names_that_the_API_writes(SubscriptionStatus status, string name) =>
        Assert.Equal(name, Refusal.StatusName(status));

    private static Refusal Known(string name, Subscription? state) => name switch
    {
        nameof(Refusal.Ended) => Refusal.Ended(state?.Status ?? SubscriptionStatus.Canceled),
        nameof(Refusal.NotWhile) => Refusal.NotWhile(state?.Status ?? SubscriptionStatus.Trialing),
        _ => (Refusal)typeof(Refusal).GetProperty(name)!.GetValue(null)!,
    };

    private static Timeline New() => Given.Monthly().At("2024-01-31T10:00");

    private static Timeline Active() => New().Subscribe();

    private static Timeline UsedLongAgo()
    {
        var life = InStatus.All["active"]();
        life.UsageKept = Duration.FromSeconds(1);
        return life.To("2024-06-02T00:00");
    }

    private static Timeline TalkedALot()
    {
        var life = Active();
        for (var n = 0; n < MessageRules.MessagesMax; n++) life.Tell(Ask.Message($"m{n}"));
        return life;
    }

    private static Given DearMeter() => Given.Monthly().OfOffer(o => o with
    {
        Meters = [
            new Meter
            {
                Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                Price = new UnitPrice(99_999_999_999),
            }],
    });

    private static Timeline LabeledFully() => Active().Tell(Ask.RemoveMetadata())
        .Tell(Ask.Metadata([.. Enumerable.Range(0, Subscription.MetadataPairsMax).Select(n => ($"key-{n}", "v"))]));

    private static Timeline Trialing() => Given.Monthly().Trial(14).At("2024-01-31T10:00").Subscribe();

    private static Timeline RetryInFlight() => New().SubscribeWith(Bank.Soft, Bank.Silence).Tell(Ask.Retry());

    private static Timeline PastDue()
    {
        var life = Active();
        life.Bank.Says(Bank.Soft);
        return life.To("2024-02-29T10:00");
    }

    private static Timeline Charging()
    {
        var life = Active();
        life.Bank.Says(Bank.Silence);
        return life.To("2024-02-29T10:00");
    }

    private static Timeline DeclinedTooOften()
    {
        var life = Given.Daily().Retries(0, 60).OnExhausted(ExhaustedAction.LeavePastDue).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        return life.To("2024-01-21T12:00");
    }

    /// <summary>A hundred days, none of them paid.</summary>
    private static Timeline OwingTooMuch()
    {
        var life = new Timeline(Given.Daily().Retries(0).OnExhausted(ExhaustedAction.LeavePastDue).Terms(), When.Utc("2024-01-31T10:00"))
        {
            Thorough = false,
        };
        life.Subscribe();
        life.Bank.AlwaysSays(Bank.Hard);
        return life.To("2024-05-10T10:00");
    }

    private static Timeline Discounted(int times)
    {
        var life = Active();
        for (var n = 0; n < times; n++) life.Tell(Ask.Give(1));
        return life;
    }

    private static Timeline Refunding(int times)
    {
        var life = Active();
        life.Bank.AlwaysSays(Bank.Silence);
        for (var n = 0; n < times; n++) life.Tell(Ask.Refund(1, 1));
        return life;
    }

    private static SubscriptionCommand.Subscribe SubscribeToArchived(ArchivedPart part) =>
        (SubscriptionCommand.Subscribe)New().Subscription() with { Archived = part };

    private static SubscriptionCommand.ChangePlan ChangeToArchived(ArchivedPart part) =>
        (SubscriptionCommand.ChangePlan)Ask.ChangePlan(Given.Monthly().OfOffer(offer => offer with { Id = "other" }).Terms())
            with { Archived = part };

    private static Coupon Coupon => new() { Id = "SPRING", SellerId = "seller", Reduction = new PriceReduction(10_000, null) };

    private static OfferTerms OtherProduct =>
        Given.Monthly().OfProduct(p => p with { Id = "other" }).OfPlan(p => p with { ProductId = "other" }).Terms();
}
