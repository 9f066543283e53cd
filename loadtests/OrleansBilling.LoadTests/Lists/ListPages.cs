using System.Buffers.Text;
using System.Globalization;
using System.Text;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Lists;

/// <summary>A kind of page.</summary>
/// <param name="Name">What is asked for.</param>
/// <param name="LimitMilliseconds">How long it may take.</param>
/// <param name="PathOf">The path, for the number of a subscription.</param>
internal sealed record ListPage(string Name, double LimitMilliseconds, Func<int, string> PathOf)
{
    private const double PageMax = 100;
    private const double SearchMax = 200;
    private const double EntitlementsMax = 20;

    /// <summary>One of each kind, with pages as large as they may be.</summary>
    public static IReadOnlyList<ListPage> All { get; } =
    [
        .. Pages(
            "subscriptions",
            ("in the order of ids", n => $"cursor={CursorOf(n)}"),
            ("of a seller", n => $"seller_id={SellerOf(n)}"),
            ("active, newest first", _ => "status=active&order_by=-created_at"),
            ("of a product, by next billing", n => $"product_id={ProductOf(n)}&order_by=next_billing_at"),
            ("past due of a seller, by next billing", n => $"seller_id={SellerOf(n)}&status=past_due&order_by=next_billing_at"),
            ("of a plan in a rare status", n => $"plan_id=plan-{n % 100:0000}&status=paused,past_due&order_by=-created_at"),
            ("of a customer", n => $"customer_id={CustomerOf(n)}"),
            ("of a mail address", n => $"customer_email=person{n + 1}%40example.com"),
            ("with a card that all have", _ => "payment_token=tok_ok"),
            ("created within a day", _ => $"created_from={Day(-9)}&created_to={Day(-8)}"),
            ("canceled", _ => "order_by=-canceled_at")),
        .. Pages(
            "invoices",
            ("newest first", _ => ""),
            ("of a seller", n => $"seller_id={SellerOf(n)}"),
            ("open of a seller", n => $"seller_id={SellerOf(n)}&status=open"),
            ("of a customer", n => $"customer_id={CustomerOf(n)}"),
            ("by number", n => $"seller_id={SellerOf(n)}&number={(n / 10) + 1}"),
            ("overdue", _ => "overdue=true")),
        .. Pages(
            "customers",
            ("newest first", _ => ""),
            ("of a seller", n => $"seller_id={SellerOf(n)}"),
            ("by mail address", n => $"email=person{n + 1}%40example.com")),
        .. Pages("products", ("all", _ => ""), ("of a seller", n => $"seller_id={SellerOf(n)}")),
        .. Pages("offers", ("all", _ => "")),
        new("entitlements of a customer", EntitlementsMax, n => $"/v1/customers/{CustomerOf(n)}/entitlements"),
        Search("an id", Subscriptions.Id),
        Search("the beginning of ids", n => Subscriptions.Id(n)[..9]),
        Search("a mail address", n => $"person{n + 1}%40example.com"),
        Search("the beginning of mail addresses", _ => "person"),
        Search("a name that a tenth has", _ => "silva"),
        Search("a number of an invoice", n => Number((n / 10) + 1)),
    ];

    private static IEnumerable<ListPage> Pages(string list, params (string Name, Func<int, string> QueryOf)[] pages) =>
        pages.Select(page => new ListPage($"{list} {page.Name}", PageMax, n => $"/v1/{list}?limit=200&{page.QueryOf(n)}"));

    private static ListPage Search(string name, Func<int, string> wordOf) =>
        new($"search for {name}", SearchMax, n => $"/v1/search?q={wordOf(n)}");

    /// <summary>A cursor that a page of subscriptions before this one would have answered.</summary>
    private static string CursorOf(int n) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes("1" + Subscriptions.Id(n)));

    private static string SellerOf(int n) => Text($"seller-{n % 10:0000}");

    private static string ProductOf(int n) => Text($"product-{n % 100:0000}");

    private static string CustomerOf(int n) => SeedTemplate.CustomerOf(Subscriptions.Id(n));

    private static string Day(int days) =>
        DateTimeOffset.UtcNow.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
