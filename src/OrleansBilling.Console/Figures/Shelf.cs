using OrleansBilling.Client;
using OrleansBilling.Console.Live;
using OrleansBilling.Console.Sessions;

namespace OrleansBilling.Console.Figures;

/// <summary>The names of what a session may choose by.</summary>
/// <param name="Products">At most <see cref="Max"/>; more are chosen by their id in the address.</param>
public sealed record Shelf(IReadOnlyList<Product> Products, IReadOnlyList<Plan> Plans)
{
    public const int Max = 200;

    public static ValueTask<Shelf> LoadAsync(FiguresDesk desk, SignedIn session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(session);
        if (!session.SeesSubscriptions) return new(new Shelf([], []));
        return desk.AskAsync(
            session, "shelf", async client =>
            {
                // The catalog is open to everybody, so a seller asks for its own.
                var products = await client.Products.ListPageAsync(
                    new ProductsListQuery { SellerId = session.SellerId, Limit = Max }, cancellationToken: CancellationToken.None);
                var plans = await client.Plans.ListPageAsync(
                    new PlansListQuery { SellerId = session.SellerId, Limit = Max }, cancellationToken: CancellationToken.None);
                return new Shelf([.. products.Data.OrderBy(one => one.Name, StringComparer.Ordinal)], plans.Data);
            },
            cancellationToken);
    }

    public string ProductName(string? id) => Products.FirstOrDefault(one => one.Id == id)?.Name ?? id ?? "";

    public string PlanName(string? id) => Plans.FirstOrDefault(one => one.Id == id) is { } plan
        ? $"{ProductName(plan.ProductId)} – {plan.Name}"
        : id ?? "";

    /// <summary>The zone whose days are counted; null if products of several zones are added up.</summary>
    public string? ZoneOf(string? productId, string? planId)
    {
        var product = productId ?? Plans.FirstOrDefault(one => one.Id == planId)?.ProductId;
        var zones = Products.Where(one => product is null || one.Id == product).Select(one => one.TimeZone).Distinct().Take(2).ToList();
        return zones.Count == 1 ? zones[0] : null;
    }

    public TimeZoneInfo TimeZoneOf(string? productId) => Zone(Products.FirstOrDefault(one => one.Id == productId)?.TimeZone);

    public static TimeZoneInfo Zone(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
