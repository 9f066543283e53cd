using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A product's loyalty reward and retention offers as a request describes them.</summary>
internal static class RewardRequest
{
    public static void Check(ref Check check, LoyaltyBody? body)
    {
        if (body is null) return;
        check.Range(body.AfterRecurrences, "loyalty.after_recurrences", 1, Plan.RecurrencesMax);
        check.PercentOrAmount(body.Percent, body.Amount, "loyalty.");
        check.Range(body.Recurrences, "loyalty.recurrences", 1, Coupon.RecurrencesMax);
    }

    public static void Check(ref Check check, RetentionBody? body)
    {
        if (body is null) return;
        check.Range(body.ControlPercent, "retention.control_percent", 0, 100);
        check.Range(body.ExplorePercent, "retention.explore_percent", 0, 100);
        if (body.ControlPercent + body.ExplorePercent > 100)
            check.Fail(
                new ApiError(
                    422, "out_of_range", "retention.control_percent and retention.explore_percent must not exceed 100 in total.",
                    "retention.explore_percent"));
        check.Range(body.QuietDays, "retention.quiet_days", 0, RetentionPolicy.QuietDaysMax);
        if (!check.List(body.Offers, "retention.offers", 1, RetentionPolicy.OffersMax)) return;
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < body.Offers.Length; n++)
        {
            var within = $"retention.offers[{n}]";
            check.Once(named, body.Offers[n].Id, $"{within}.id");
            Check(ref check, body.Offers[n], within);
        }
    }

    public static LoyaltyReward? ToReward(LoyaltyBody? body) => body is null ? null : new LoyaltyReward(
        body.AfterRecurrences, new PriceReduction(body.Percent?.Milli, body.Amount), body.Recurrences, body.Repeats ?? false);

    /// <summary>Without percentages of its own, everyone gets the offer that saves the most so far.</summary>
    public static RetentionPolicy? ToPolicy(RetentionBody? body) => body is null ? null : new RetentionPolicy(
        body.Seed ?? 0, body.ControlPercent ?? 0, body.ExplorePercent ?? 0, [.. body.Offers.Select(ToOffer)])
    {
        QuietDays = body.QuietDays ?? RetentionPolicy.QuietDaysUnlessTold,
    };

    private static void Check(ref Check check, RetentionOfferBody offer, string within)
    {
        check.Id(offer.Id, $"{within}.id");
        check.Range(offer.PaidRecurrencesMin, $"{within}.paid_recurrences_min", 0, Plan.RecurrencesMax);
        if (check.List(offer.Reasons, $"{within}.reasons", 0, FieldLimits.RetentionReasonsMax))
        {
            for (var n = 0; n < offer.Reasons!.Count; n++) check.Reason(offer.Reasons[n], $"{within}.reasons[{n}]");
        }

        var kinds = (offer.Discount is null ? 0 : 1) + (offer.PauseDays is null ? 0 : 1) + (offer.OfferId is null ? 0 : 1);
        if (kinds == 0)
            check.Fail(new ApiError(400, "required", $"{within}.discount, .pause_days or .offer_id is required.", $"{within}.discount"));
        if (kinds > 1)
            check.Fail(new ApiError(422, "ambiguous", $"{within}.discount, .pause_days and .offer_id exclude each other.", within));
        if (offer.Discount is { } discount)
        {
            check.PercentOrAmount(discount.Percent, discount.Amount, $"{within}.discount.");
            check.Range(discount.Recurrences, $"{within}.discount.recurrences", 1, Coupon.RecurrencesMax);
        }

        check.Range(offer.PauseDays, $"{within}.pause_days", 1, FieldLimits.RetentionPauseDaysMax);
        check.Id(offer.OfferId, $"{within}.offer_id");
    }

    private static RetentionOffer ToOffer(RetentionOfferBody offer) => new(
        offer.Id,
        offer.Reasons is { } reasons ? [.. reasons] : [],
        offer.PaidRecurrencesMin ?? 0,
        offer.Discount is { } discount ? new PriceReduction(discount.Percent?.Milli, discount.Amount) : null,
        offer.Discount?.Recurrences,
        offer.PauseDays,
        offer.OfferId);
}
