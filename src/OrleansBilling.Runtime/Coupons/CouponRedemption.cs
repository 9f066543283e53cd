using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Coupons;

/// <summary>
/// Redeems coupons. A redemption is reserved first, then the subscription decides on the command; if the command had no
/// effect, the redemption is released. If the outcome of the command is unknown, the reservation stays, so that a limit
/// is never exceeded; a repeat under the same key finds it again. A coupon is identified by its code within the offer's
/// seller. All refusals of a code look the same to a customer, so that nobody learns which codes exist.
/// </summary>
public sealed class CouponRedemption(
    IBillingRuntime runtime, ICouponStore coupons, IJournal journal, SubscriptionReader reader, TimeProvider time)
{
    private readonly CouponGuesses guesses = new(time);

    /// <summary>Starts a subscription with a coupon.</summary>
    public async ValueTask<CommandResult> SubscribeAsync(Redeemer by, string code, SubscriptionCommand.Subscribe command)
    {
        if (await FindAsync(by, command.Terms.Product.SellerId, code) is not { } coupon) return Refused(Refusal.CouponNotFound);
        return await ReserveAsync(by, coupon) is { } reservation
            ? await ExecuteAsync(by, coupon, reservation, command with { Coupon = coupon })
            : Refused(Refusal.CouponExhausted);
    }

    /// <summary>Applies a coupon to a running subscription.</summary>
    public async ValueTask<CommandResult> ApplyAsync(Redeemer by, string code) =>
        Tell(by.Caller, await FindAndApplyAsync(by, code));

    private async ValueTask<CommandResult> FindAndApplyAsync(Redeemer by, string code)
    {
        // Check ownership first: nobody may learn about a coupon, or hold a redemption, through somebody else's
        // subscription.
        var view = await reader.FindAsync(by.SubscriptionId, by.CancellationToken);
        if (view is null || !by.Caller.MayTouch(view.Terms.Product.SellerId, view.State.Customer.Id)) return Refused(Refusal.NotFound);
        if (guesses.Begin(by.Caller) is { } tooMany) return Refused(tooMany);
        var result = await ApplyOwnAsync(by, code, view);
        if (result is not CommandResult.Refused) guesses.Succeeded(by.Caller);
        return result;
    }

    private async ValueTask<CommandResult> ApplyOwnAsync(Redeemer by, string code, SubscriptionView view)
    {
        if (await FindAsync(by, view.Terms.Product.SellerId, code) is not { } coupon) return Refused(Refusal.CouponNotFound);
        if (await ReserveAsync(by, coupon) is not { } reservation) return Refused(Refusal.CouponExhausted);
        if (reservation == CouponReservation.AlreadyReserved && await WasUsedUpAsync(by, coupon)) return Refused(Refusal.CouponApplied);
        return await ExecuteAsync(by, coupon, reservation, new SubscriptionCommand.ApplyCoupon(coupon));
    }

    private ValueTask<Coupon?> FindAsync(Redeemer by, string sellerId, string code) =>
        coupons.FindByCodeAsync(sellerId, code, by.CancellationToken);

    private static CommandResult Tell(Caller caller, CommandResult result) =>
        caller.Role == Role.Customer && result is CommandResult.Refused { Refusal: var refusal } &&
            TellsOfACode(refusal) ? Refused(Refusal.CouponDoesNotFit) : result;

    /// <summary>Compares codes, because a refusal that came over the cluster's wire is not the same instance.</summary>
    private static bool TellsOfACode(Refusal refusal) =>
        refusal.Code == Refusal.CouponNotFound.Code || refusal.Code == Refusal.CouponNotNow.Code ||
            refusal.Code == Refusal.CouponExhausted.Code;

    /// <summary>Reserves a redemption; null when none is left.</summary>
    private async ValueTask<CouponReservation?> ReserveAsync(Redeemer by, Coupon coupon)
    {
        var reservation = await coupons.ReserveAsync(
            coupon.Id, by.SubscriptionId, coupon.RedemptionsMax, by.CancellationToken);
        return reservation == CouponReservation.Exhausted ? null : reservation;
    }

    /// <summary>Runs the command. After the reservation this no longer depends on the caller's connection.</summary>
    private async ValueTask<CommandResult> ExecuteAsync(
        Redeemer by, Coupon coupon, CouponReservation reservation, SubscriptionCommand command)
    {
        var result = await RunAsync(by with { CancellationToken = CancellationToken.None }, command);

        // A concurrent command may have redeemed the coupon with this same reservation.
        if (WasNotDone(result) && reservation == CouponReservation.Reserved && !await CarriesAsync(by, coupon))
            await coupons.ReleaseAsync(coupon.Id, by.SubscriptionId, CancellationToken.None);
        return result;
    }

    /// <summary>
    /// Whether the command certainly had no effect: refused, busy or stopping. If the database did
    /// not answer, the outcome is unknown.
    /// </summary>
    private static bool WasNotDone(CommandResult result) =>
        result is CommandResult.Refused or CommandResult.Unavailable { Code: "busy" or "stopping" };

    private async ValueTask<bool> CarriesAsync(Redeemer by, Coupon coupon) =>
        await reader.FindAsync(by.SubscriptionId, CancellationToken.None) is { } view && Carries(view.State, coupon);

    private static bool Carries(Subscription state, Coupon coupon) => state.Discounts.Any(discount => IsOf(discount, coupon));

    private static bool IsOf(AppliedDiscount discount, Coupon coupon) =>
        discount.Source == DiscountSource.Coupon && discount.Id == coupon.Id;

    /// <summary>
    /// Whether an earlier command used this coupon and its recurrences are over: one redemption lowers prices
    /// once. The state no longer holds a used-up discount, but the history does. A repeat of that earlier
    /// command is left to its idempotency key.
    /// </summary>
    private async ValueTask<bool> WasUsedUpAsync(Redeemer by, Coupon coupon)
    {
        if (await journal.LoadAsync(by.SubscriptionId, by.CancellationToken) is not { } stored) return false;
        var (state, _) = SubscriptionCodec.Decode(stored.State);
        if (Carries(state, coupon) ||
            (by.Key is { } key && await reader.RemembersAsync(stored, key, by.CancellationToken))) return false;
        var terms = await reader.TermsOfAsync(state, by.CancellationToken);
        if (!by.Caller.MayTouch(terms.Product.SellerId, state.Customer.Id)) return false;
        var granted = reader.ReadWithoutUsageAsync(
            by.SubscriptionId, static type => type == typeof(SubscriptionEvent.DiscountGranted), by.CancellationToken);
        await foreach (var recorded in granted)
        {
            if (recorded.Event is SubscriptionEvent.DiscountGranted earlier && IsOf(earlier.Discount, coupon)) return true;
        }

        return false;
    }

    private ValueTask<CommandResult> RunAsync(in Redeemer by, SubscriptionCommand command) =>
        runtime.ExecuteAsync(by.SubscriptionId, by.ToEnvelope(command), by.CancellationToken);

    private static CommandResult.Refused Refused(Refusal refusal) => new(refusal);
}
