using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Prepares plan change commands, which include the new offer's terms.</summary>
internal sealed class PlanChanges(CatalogCache catalog, SubscriptionReader reader)
{
    /// <summary>The command, or the refusal if the offer does not exist or the caller may not see it.</summary>
    public async ValueTask<(SubscriptionCommand? Command, Refusal? Refusal)> PrepareAsync(CommandCall call, ChangePlanBody body)
    {
        NewestTerms? newest = null;
        if (body.OfferId is { } offerId)
        {
            newest = await catalog.FindNewestAsync(offerId, call.CancellationToken);
            if (newest is null || !MaySee(call.Caller, newest.Terms)) return (null, await RefuseOfferAsync(call));
        }

        ImmutableArray<AddOnQuantity>? addOns = body.Addons is { } addons ? OrderRequest.ToAddOns(addons) : null;
        var command = new SubscriptionCommand.ChangePlan(body.At, newest?.Terms, body.Quantity, addOns, body.Trial == TrialChange.End)
        {
            Archived = newest?.Archived,
        };
        return (command, null);
    }

    /// <summary>Customers see every offer of their seller that customers may choose. The subscription decides which of them fits.</summary>
    private static bool MaySee(Caller caller, OfferTerms terms) => caller.Role == Role.Customer
        ? terms.Offer.CustomersMayChoose && (caller.SellerId is null || caller.SellerId == terms.Product.SellerId)
        : caller.MayTouch(terms.Product.SellerId, "");

    /// <summary>
    /// Checks the subscription first: a caller who may not touch it gets "subscription not found", not "offer not found".
    /// </summary>
    private async ValueTask<Refusal> RefuseOfferAsync(CommandCall call)
    {
        var view = await reader.FindAsync(call.SubscriptionId, call.CancellationToken);
        return view is not null &&
            call.Caller.MayTouch(view.Terms.Product.SellerId, view.State.Customer.Id) ? Refusal.OfferNotFound : Refusal.NotFound;
    }
}
