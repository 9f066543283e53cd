using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Redeems coupons: a redemption is reserved first, then the subscription judges the command, and what is not done is
/// given back. Where nobody knows what became of the command, the reservation stays, so that a limit is never exceeded;
/// the repeat under the same key meets it again. A coupon is named by its code, among those of the offer's seller. To a
/// customer every coupon that cannot be had is the same, so that nobody learns which codes there are.
/// </summary>
internal static class CouponRedemption
{
    public static async ValueTask<CommandResult> SubscribeAsync(CommandCall call, string code, SubscriptionCommand.Subscribe command)
    {
        if (await FindAsync(call, command.Terms.Product.SellerId, code) is not { } coupon) return Refused(Refusal.CouponNotFound);
        return await ReserveAsync(call, coupon) is { } reservation
            ? await ExecuteAsync(call, coupon, reservation, command with { Coupon = coupon })
            : Refused(Refusal.CouponExhausted);
    }

    public static async ValueTask<CommandResult> ApplyAsync(CommandCall call, string code) =>
        Tell(call.Caller, await FindAndApplyAsync(call, code));

    private static async ValueTask<CommandResult> FindAndApplyAsync(CommandCall call, string code)
    {
        // Whose subscription it is comes first: nobody learns of a coupon, or holds a redemption, by one that is not theirs.
        var view = await call.Services.Reader.FindAsync(call.SubscriptionId, call.CancellationToken);
        if (view is null || !call.Caller.MayTouch(view.Terms.Product.SellerId, view.State.Customer.Id)) return Refused(Refusal.NotFound);
        var guesses = call.Services.CouponGuesses;
        if (guesses.Begin(call.Caller) is { } tooMany) return Refused(tooMany);
        var result = await ApplyOwnAsync(call, code, view);
        if (result is not CommandResult.Refused) guesses.Succeeded(call.Caller);
        return result;
    }

    private static async ValueTask<CommandResult> ApplyOwnAsync(CommandCall call, string code, SubscriptionView view)
    {
        if (await FindAsync(call, view.Terms.Product.SellerId, code) is not { } coupon) return Refused(Refusal.CouponNotFound);
        if (await ReserveAsync(call, coupon) is not { } reservation) return Refused(Refusal.CouponExhausted);
        if (reservation == CouponReservation.AlreadyReserved && await WasUsedUpAsync(call, coupon)) return Refused(Refusal.CouponApplied);
        return await ExecuteAsync(call, coupon, reservation, new SubscriptionCommand.ApplyCoupon(coupon));
    }

    private static ValueTask<Coupon?> FindAsync(CommandCall call, string sellerId, string code) =>
        call.Services.Coupons.FindByCodeAsync(sellerId, code, call.CancellationToken);

    private static CommandResult Tell(Caller caller, CommandResult result) =>
        caller.Role == Role.Customer && result is CommandResult.Refused { Refusal: var refusal } &&
            TellsOfACode(refusal) ? Refused(Refusal.CouponDoesNotFit) : result;

    /// <summary>Compared by code: over the wire of a cluster a refusal is not the same instance.</summary>
    private static bool TellsOfACode(Refusal refusal) =>
        refusal.Code == Refusal.CouponNotFound.Code || refusal.Code == Refusal.CouponNotNow.Code ||
            refusal.Code == Refusal.CouponExhausted.Code;

    /// <summary>Null when none is left.</summary>
    private static async ValueTask<CouponReservation?> ReserveAsync(CommandCall call, Coupon coupon)
    {
        var reservation = await call.Services.Coupons.ReserveAsync(
            coupon.Id, call.SubscriptionId, coupon.RedemptionsMax, call.CancellationToken);
        return reservation == CouponReservation.Exhausted ? null : reservation;
    }

    /// <summary>What is reserved is decided, even if the caller goes away.</summary>
    private static async ValueTask<CommandResult> ExecuteAsync(
        CommandCall call, Coupon coupon, CouponReservation reservation, SubscriptionCommand command)
    {
        var result = await (call with { CancellationToken = CancellationToken.None }).ExecuteAsync(command);

        // A command of the same instant may have redeemed it by this very reservation.
        if (WasNotDone(result) && reservation == CouponReservation.Reserved && !await CarriesAsync(call, coupon))
            await call.Services.Coupons.ReleaseAsync(coupon.Id, call.SubscriptionId, CancellationToken.None);
        return result;
    }

    /// <summary>Refused, or turned away at the door; of a database that does not answer nobody knows.</summary>
    private static bool WasNotDone(CommandResult result) =>
        result is CommandResult.Refused or CommandResult.Unavailable { Code: "busy" or "stopping" };

    private static async ValueTask<bool> CarriesAsync(CommandCall call, Coupon coupon) =>
        await call.Services.Reader.FindAsync(call.SubscriptionId, CancellationToken.None) is { } view && Carries(view.State, coupon);

    private static bool Carries(Subscription state, Coupon coupon) => state.Discounts.Any(discount => IsOf(discount, coupon));

    private static bool IsOf(AppliedDiscount discount, Coupon coupon) =>
        discount.Source == DiscountSource.Coupon && discount.Id == coupon.Id;

    /// <summary>
    /// Whether an earlier command had the coupon, and its recurrences are over: one redemption lowers prices once. The
    /// state does not remember it, the history does. A repeat of that very command is left to its key.
    /// </summary>
    private static async ValueTask<bool> WasUsedUpAsync(CommandCall call, Coupon coupon)
    {
        if (await call.Services.Journal.LoadAsync(call.SubscriptionId, call.CancellationToken) is not { } stored) return false;
        var (state, _) = SubscriptionCodec.Decode(stored.State);
        if (Carries(state, coupon) ||
            (call.Key is { } key && await call.Services.Reader.RemembersAsync(stored, key, call.CancellationToken))) return false;
        var terms = await call.Services.Reader.TermsOfAsync(state, call.CancellationToken);
        if (!call.Caller.MayTouch(terms.Product.SellerId, state.Customer.Id)) return false;
        var granted = call.Services.Reader.ReadWithoutUsageAsync(
            call.SubscriptionId, static type => type == typeof(SubscriptionEvent.DiscountGranted), call.CancellationToken);
        await foreach (var recorded in granted)
        {
            if (recorded.Event is SubscriptionEvent.DiscountGranted earlier && IsOf(earlier.Discount, coupon)) return true;
        }

        return false;
    }

    private static CommandResult.Refused Refused(Refusal refusal) => new(refusal);
}
