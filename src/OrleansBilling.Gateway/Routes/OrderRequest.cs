using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>The quantities of the plan and of its add-ons, as a request describes them.</summary>
internal static class OrderRequest
{
    public static void Check(ref Check check, int? quantity, IReadOnlyList<AddonQuantityBody>? addons)
    {
        check.Range(quantity, "quantity", 1, Subscription.QuantityMax);
        if (!check.List(addons, "addons", 0, Offer.AddOnsMax)) return;
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < addons!.Count; n++)
        {
            var addon = addons[n];
            check.Id(addon.Id, $"addons[{n}].id");
            check.Once(named, addon.Id, $"addons[{n}].id");
            check.Range(addon.Quantity, $"addons[{n}].quantity", 1, Subscription.QuantityMax);
        }
    }

    public static ImmutableArray<AddOnQuantity> ToAddOns(IReadOnlyList<AddonQuantityBody>? addons) =>
        addons is { Count: > 0 } bought ? [.. bought.Select(addon => new AddOnQuantity(addon.Id, addon.Quantity ?? 1))] : [];
}
