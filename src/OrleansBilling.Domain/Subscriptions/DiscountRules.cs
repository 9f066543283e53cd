using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Coupons, gifts and rewards. Each lowers the price of a range of recurrences.</summary>
internal static class DiscountRules
{
    /// <summary>The most discounts, of all sources, that a subscription may have at a time, applied or waiting.</summary>
    public const int DiscountsMax = 20;

    public static Refusal? Apply(Draft draft, SubscriptionCommand.ApplyCoupon command)
    {
        if (draft.State.HasEnded) return Refusal.Ended(draft.State.Status);
        if (RefuseCoupon(draft, command.Coupon, draft.StateOrNull) is { } refusal) return refusal;
        Redeem(draft, command.Coupon);
        return null;
    }

    /// <summary>Grants the coupon's discount on the coupon's plans. It does not follow a change to another plan.</summary>
    public static void Redeem(Draft draft, Coupon coupon)
    {
        var from = NextIndex(draft.State);
        Add(draft, new AppliedDiscount(DiscountSource.Coupon, coupon.Id, coupon.Reduction, from, from + coupon.Recurrences - 1)
        {
            PlanIds = coupon.PlanIds,
            Code = coupon.Code == coupon.Id ? null : coupon.Code,
        });
    }

    public static Refusal? Give(Draft draft, SubscriptionCommand.GiveRecurrences command)
    {
        if (draft.Caller.Role == Role.Customer) return Refusal.NotForCustomers;
        var state = draft.State;
        if (state.HasEnded) return Refusal.Ended(state.Status);
        if (command.Recurrences is < 1 or > Coupon.RecurrencesMax) return Refusal.RecurrencesOutOfRange;
        if (state.Discounts.Length >= DiscountsMax) return Refusal.TooManyDiscounts;

        // A second gift starts after the first.
        var from = NextIndex(state);
        foreach (var discount in state.Discounts)
        {
            if (discount.Source == DiscountSource.Gift && discount.ToIndex >= from) from = discount.ToIndex.Value + 1;
        }

        // The gift is today's price. If the customer orders more later, the customer pays the difference.
        var price = InvoiceRules.PriceOf(draft.Terms.Offer, state.Quantity, state.AddOns);
        var gift = price > 0 ? new PriceReduction(null, price) : PriceReduction.Everything;
        Add(draft, new AppliedDiscount(DiscountSource.Gift, "", gift, from, from + command.Recurrences - 1));
        return null;
    }

    /// <summary>Whether a coupon is valid for the terms, the time and the subscription.</summary>
    public static Refusal? RefuseCoupon(Draft draft, Coupon coupon, Subscription? state)
    {
        var terms = draft.Terms;
        var fits = coupon.SellerId == terms.Product.SellerId && (coupon.ProductId is null || coupon.ProductId == terms.Product.Id) &&
            (coupon.PlanIds.IsEmpty || coupon.PlanIds.Contains(terms.Plan.Id)) &&
                (coupon.Currency is null || coupon.Currency == terms.Offer.Currency);
        if (!fits) return Refusal.CouponDoesNotFit;
        if (draft.Now < coupon.RedeemFrom || draft.Now >= coupon.RedeemUntil) return Refusal.CouponNotNow;
        if (state is null) return null;
        var coupons = 0;
        foreach (var discount in state.Discounts)
        {
            if (discount.Source != DiscountSource.Coupon) continue;
            if (discount.Id == coupon.Id) return Refusal.CouponApplied;
            coupons++;
        }

        return coupons >= Coupon.PerSubscriptionMax || state.Discounts.Length >= DiscountsMax ? Refusal.TooManyDiscounts : null;
    }

    /// <summary>Grants a discount that starts with the next recurrence.</summary>
    public static void Grant(Draft draft, DiscountSource source, string id, PriceReduction reduction, int? recurrences)
    {
        var from = NextIndex(draft.State);
        Add(draft, new AppliedDiscount(source, id, reduction, from, from + recurrences - 1));
    }

    /// <summary>Grants the product's loyalty reward if this paid recurrence earned it.</summary>
    public static void EarnReward(Draft draft)
    {
        var state = draft.State;
        if (draft.Terms.Product.Loyalty is not { } loyalty || state.HasEnded || state.Discounts.Length >= DiscountsMax) return;
        if (state.PaidRecurrences % loyalty.AfterRecurrences != 0 || (!loyalty.Repeats && state.LoyaltyRewards > 0)) return;
        Grant(draft, DiscountSource.Loyalty, "", loyalty.Reduction, loyalty.Recurrences);
    }

    private static int NextIndex(Subscription state) => (state.CurrentPeriod?.Index ?? 0) + 1;

    private static void Add(Draft draft, AppliedDiscount discount) =>
        draft.Add(new SubscriptionEvent.DiscountGranted { At = draft.Now, Discount = discount });
}
