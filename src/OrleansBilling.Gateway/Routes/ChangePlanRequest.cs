using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A plan change as a request states it, to be done or only previewed.</summary>
internal static class ChangePlanRequest
{
    public static ApiError? Validate(ChangePlanBody body)
    {
        var check = new Check();
        if (body.OfferId is null && body.Quantity is null && body.Addons is null)
            check.Fail(new ApiError(400, "required", "offer_id, quantity or addons is required.", "offer_id"));
        check.Id(body.OfferId, "offer_id");
        OrderRequest.Check(ref check, body.Quantity, body.Addons);
        return check.Error;
    }

    /// <summary>The command, or why there is none: an offer that is not there, or is another seller's.</summary>
    public static async ValueTask<(SubscriptionCommand? Command, Refusal? Refusal)> PrepareAsync(CommandCall call, ChangePlanBody body)
    {
        OfferTerms? terms = null;
        if (body.OfferId is { } offerId)
        {
            terms = await call.Services.Catalog.FindNewestTermsAsync(offerId, call.CancellationToken);
            if (terms is null || !MaySee(call.Caller, terms)) return (null, await RefuseOfferAsync(call));
        }

        ImmutableArray<AddOnQuantity>? addOns = body.Addons is { } addons ? OrderRequest.ToAddOns(addons) : null;
        return (new SubscriptionCommand.ChangePlan(body.At, terms, body.Quantity, addOns, body.Trial == TrialChange.End), null);
    }

    /// <summary>
    /// Customers see every offer of whoever sells to them that is theirs to choose; which one fits is judged by the
    /// subscription.
    /// </summary>
    private static bool MaySee(Caller caller, OfferTerms terms) => caller.Role == Role.Customer
        ? terms.Offer.CustomersMayChoose && (caller.SellerId is null || caller.SellerId == terms.Product.SellerId)
        : caller.MayTouch(terms.Product.SellerId, "");

    /// <summary>Whose subscription it is comes before what is asked of it.</summary>
    private static async ValueTask<Refusal> RefuseOfferAsync(CommandCall call)
    {
        var view = await call.Services.Reader.FindAsync(call.SubscriptionId, call.CancellationToken);
        return view is not null &&
            call.Caller.MayTouch(view.Terms.Product.SellerId, view.State.Customer.Id) ? Refusal.OfferNotFound : Refusal.NotFound;
    }
}
