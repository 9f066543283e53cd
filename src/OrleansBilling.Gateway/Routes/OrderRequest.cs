using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>How much is bought, of the plan and on top, as a request states it.</summary>
internal static class OrderRequest
{
    public static void Check(ref Check check, int? quantity, ImmutableArray<AddonQuantityBody>? addons)
    {
        check.Range(quantity, "quantity", 1, Subscription.QuantityMax);
        if (!check.List(addons, "addons", 0, Offer.AddOnsMax)) return;
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < addons!.Value.Length; n++)
        {
            var addon = addons.Value[n];
            check.Id(addon.Id, $"addons[{n}].id");
            check.Once(named, addon.Id, $"addons[{n}].id");
            check.Range(addon.Quantity, $"addons[{n}].quantity", 1, Subscription.QuantityMax);
        }
    }

    public static ImmutableArray<AddOnQuantity> ToAddOns(ImmutableArray<AddonQuantityBody>? addons) =>
        addons is { IsEmpty: false } bought ? [.. bought.Select(addon => new AddOnQuantity(addon.Id, addon.Quantity ?? 1))] : [];
}
