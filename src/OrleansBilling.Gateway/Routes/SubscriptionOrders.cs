using System.Globalization;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// The orders of the list of subscriptions, and the cursors within them. What is filtered decides which orders there are, so that every
/// page comes from an index.
/// </summary>
internal static class SubscriptionOrders
{
    private static readonly (SubscriptionOrder Order, string Name)[] Orders =
    [
        (SubscriptionOrder.Id, "id"), (SubscriptionOrder.CreatedAt, "created_at"), (SubscriptionOrder.NextBillingAt, "next_billing_at"),
        (SubscriptionOrder.CanceledAt, "canceled_at"),
    ];

    /// <summary>All values of the query parameter.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Orders.SelectMany(order => new[] { order.Name, "-" + order.Name })];

    public static SubscriptionSort Read(Query query, SubscriptionFilter filter)
    {
        var possible = OrdersOf(filter);
        if (query.OneOf("order_by", Names) is not { } asked) return new SubscriptionSort(possible[0]);
        var sort = new SubscriptionSort(Orders.Single(order => order.Name == asked.TrimStart('-')).Order, asked[0] == '-');
        if (possible.Contains(sort.By)) return sort;
        var names = string.Join(", ", possible.Select(order => $"{NameOf(order)}, -{NameOf(order)}"));
        query.Fail(new ApiError(422, "invalid_value", $"With these filters, order_by must be one of {names}.", "order_by"));
        return sort;
    }

    /// <summary>The cursor after a place. It belongs to the order, as it does to every parameter of the list.</summary>
    public static string CursorOf(Query query, SubscriptionMark place) => query.NextCursor(
        string.Create(CultureInfo.InvariantCulture, $"{place.At?.ToUnixTimeMilliseconds() ?? 0}/{place.SubscriptionId}"));

    /// <summary>Reads the place after which a page begins; null for the first one.</summary>
    public static SubscriptionMark? ReadCursor(Query query, SubscriptionSort sort)
    {
        if (query.CursorPosition() is not { } position) return null;
        if (position.Split('/') is [var at, var id] && Ids.IsValid(id) && Cursor.TryParseInstant(at, out var instant))
            return new SubscriptionMark(sort.By == SubscriptionOrder.Id ? null : instant, id);
        query.FailCursor();
        return null;
    }

    /// <summary>The orders that a filter allows, first the one that it has by itself.</summary>
    private static SubscriptionOrder[] OrdersOf(SubscriptionFilter filter)
    {
        if (!filter.Metadata.IsEmpty || !filter.PaymentTokens.IsEmpty) return [SubscriptionOrder.CreatedAt];
        var ranges = new (SubscriptionOrder Order, InstantRange Range)[]
        {
            (SubscriptionOrder.CreatedAt, filter.Created), (SubscriptionOrder.NextBillingAt, filter.NextBilling),
            (SubscriptionOrder.CanceledAt, filter.Canceled),
        };
        var given = ranges.Where(one => !one.Range.IsEmpty).Select(one => one.Order).ToArray();
        return given.Length > 0 ? given : [.. Orders.Select(order => order.Order)];
    }

    private static string NameOf(SubscriptionOrder order) => Orders.Single(one => one.Order == order).Name;
}
