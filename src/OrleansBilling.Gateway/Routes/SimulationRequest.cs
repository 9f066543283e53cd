using System.Collections.Immutable;
using System.Globalization;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A what-if simulation as a request describes it. From here on, percentages are in thousandths of a percent.</summary>
internal static class SimulationRequest
{
    private const int PerPercent = 1_000;

    public static ApiError? Validate(SimulationBody body)
    {
        var check = new Check();
        check.Range(body.Months, "months", 1, WhatIfQuestion.MonthsMax);
        check.Id(body.SellerId, "seller_id");
        check.Id(body.ProductId, "product_id");
        check.Id(body.PlanId, "plan_id");
        check.Id(body.OfferId, "offer_id");
        CheckPercent(ref check, body.PaymentSuccessPercent, "payment_success_percent", 0, Assumptions.Whole);
        CheckPercent(ref check, body.RetrySuccessPercent, "retry_success_percent", 0, Assumptions.Whole);
        CheckPercent(ref check, body.MonthlyChurnPercent, "monthly_churn_percent", 0, Assumptions.Whole);
        CheckPercent(ref check, body.ChurnResponse?.PerPricePercent, "churn_response.per_price_percent", 0, Assumptions.ChurnPerPriceMax);
        check.Range(body.SubscriptionsMax, "subscriptions_max", 1, WhatIfQuestion.SubscriptionsLimit);
        CheckChanges(ref check, body.Changes);
        return check.Error;
    }

    public static WhatIfChanges ToChanges(SimulationChangesBody body) => new(
        OffersOf(body).ToImmutableSortedDictionary(
            offer => offer.OfferId, offer => new PriceChange(offer.Amount, Milli(offer.PercentChange)), StringComparer.Ordinal),
        body.Dunning is not { } dunning ? null : new DunningChange
        {
            MaxRetries = dunning.MaxRetries,
            WindowDays = dunning.WindowDays,
            ScheduleDays = dunning.ScheduleDays,
            MoveBillingDate = dunning.MoveBillingDate,
            OnExhausted = dunning.OnExhausted,
        },
        body.ApplyTo ?? PriceScope.Existing);

    public static Assumptions ToAssumptions(SimulationBody body, RecentChurn history) => new(
        Milli(body.PaymentSuccessPercent) ?? Assumptions.PaymentSuccessDefault,
        Milli(body.RetrySuccessPercent) ?? Assumptions.RetrySuccessDefault,
        Milli(body.MonthlyChurnPercent) ?? Assumptions.MonthlyChurnOf(history),
        Milli(body.ChurnResponse?.PerPricePercent) ?? 0)
    {
        History = body.MonthlyChurnPercent is null ? history : null,
    };

    public static IReadOnlyList<OfferChangeBody> OffersOf(SimulationChangesBody changes) => changes.Offers ?? [];

    public static string OfferField(int index) => string.Create(CultureInfo.InvariantCulture, $"changes.offers[{index}]");

    private static void CheckChanges(ref Check check, SimulationChangesBody changes)
    {
        var offers = OffersOf(changes);
        if (offers.Count == 0 && changes.Dunning is null)
            check.Fail(new ApiError(400, "required", "changes.offers or changes.dunning is required.", "changes.offers"));
        var listed = check.List(offers, "changes.offers", 0, WhatIfChanges.OffersMax);
        DunningRequest.Check(ref check, changes.Dunning, "changes.dunning");
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; listed && n < offers.Count && !check.IsFull; n++)
        {
            var (offer, field) = (offers[n], OfferField(n));
            check.Id(offer.OfferId, $"{field}.offer_id");
            check.ExactlyOne(offer.Amount is not null, $"{field}.amount", offer.PercentChange is not null, $"{field}.percent_change");
            check.Range(offer.Amount, $"{field}.amount", 0, Money.OfferAmountMax);
            CheckPercent(
                ref check, offer.PercentChange, $"{field}.percent_change", PriceChange.MilliPercentMin, PriceChange.MilliPercentMax);
            if (!known.Add(offer.OfferId)) check.Fail(new ApiError(422, "duplicate", "This offer is named twice.", $"{field}.offer_id"));
        }
    }

    private static void CheckPercent(ref Check check, decimal? percent, string field, int milliMin, int milliMax)
    {
        if (percent is not { } value) return;
        if (value < milliMin / PerPercent || value > milliMax / PerPercent)
            check.Fail(ApiErrors.OutOfRange(field, milliMin / PerPercent, milliMax / PerPercent));
        else if (decimal.Truncate(value * PerPercent) != value * PerPercent)
            check.Fail(new ApiError(422, "too_precise", $"{field} may have at most three decimals.", field));
    }

    private static int? Milli(decimal? percent) => percent is { } value ? (int)(value * PerPercent) : null;
}
