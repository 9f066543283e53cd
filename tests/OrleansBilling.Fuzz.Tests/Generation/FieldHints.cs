using NodaTime;
using NodaTime.Text;
using OrleansBilling.Fuzz.Tests.Book;

namespace OrleansBilling.Fuzz.Tests.Generation;

/// <summary>Meaningful values by field name and parent: ids that exist, dates near the clock.</summary>
internal sealed class FieldHints(Dice dice, SeededBook book)
{
    private static readonly string[] Currencies = ["BRL", "BRL", "BRL", "USD", "JPY", "KWD"];
    private static readonly string[] Countries = ["BR", "US", "PT"];
    private static readonly string[] Zones = ["UTC", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu"];
    private static readonly string[] Reasons = ["too_expensive", "no_time", "other"];
    private static readonly string[] Searches = ["alice", "active", "active:1", "somebody@example.com", "some", "1", "a na"];
    private static readonly string[] Keys = ["k1", "k2", "k3"];

    /// <summary>A text for the field, or null when any text will do.</summary>
    public string? Text(string path, string name) => name switch
    {
        "offer_id" => dice.Of(book.Offers),
        "plan_id" => dice.Of(book.Plans),
        "product_id" => dice.Of(book.Products),
        "seller_id" => dice.Of(book.Sellers),
        "customer_id" => dice.Of(book.Customers),
        "subscription_id" => dice.Of(book.Subscriptions),
        "coupon" => dice.Of(book.Coupons),
        "token" => dice.Of(book.Tokens),
        "party_id" or "affiliate_id" => dice.Of(book.Parties),
        "currency" => dice.Of(Currencies),
        "country" => dice.Of(Countries),
        "time_zone" => dice.Of(Zones),
        "email" => "somebody@example.com",
        "locale" => "pt-BR",
        "reason" or "code" => dice.Of(Reasons),
        "reasons[]" => dice.Of(Reasons),
        "plan_ids[]" => dice.Of(book.Plans),
        "meter" => "calls",
        "url" => SeededBook.NobodysAddress,
        "key" when path.Contains("/payments/", StringComparison.Ordinal) =>
            $"{dice.Of(book.Subscriptions)}:{dice.Below(2) + 1}:{Math.Max(1, dice.Below(5) - 2)}",
        "key" or "idempotency_key" => dice.Of(Keys),
        "id" => IdOf(path),
        "name" => "A name",
        "q" => dice.Of(Searches),
        _ => null,
    };

    public long Integer(string name) => name switch
    {
        "amount" => dice.Below(5_000) + 1,
        "limit" => dice.Below(200) + 1,
        "months" => dice.Below(4) + 1,
        "positions[]" => dice.Below(100) + 1,
        "expires_in_seconds" => 3_600,
        "seed" => dice.Below(100),
        "up_to" => dice.Below(100) + 1,
        _ => dice.Below(12),
    };

    /// <summary>An instant for the field, as RFC 3339.</summary>
    public string At(string path, string name)
    {
        if (path.EndsWith(".events[]", StringComparison.Ordinal)) return InstantPattern.ExtendedIso.Format(book.Now);
        var ahead = path.Contains("/clock/advance", StringComparison.Ordinal)
            ? Duration.FromHours(dice.Below(24 * 12))
            : Duration.FromHours(dice.Below(24 * 80) - 24 * 10);
        return InstantPattern.ExtendedIso.Format(book.Now + ahead);
    }

    public string Day() => LocalDatePattern.Iso.Format(book.Now.InUtc().Date.PlusDays(dice.Below(120) - 60));

    /// <summary>An id: an existing one for customers, add-ons and meters; otherwise one of 300, so that some are already taken.</summary>
    private string IdOf(string path)
    {
        if (path.EndsWith(".customer", StringComparison.Ordinal)) return dice.Of(book.Customers);
        if (path.EndsWith(".addons[]", StringComparison.Ordinal)) return "extra";
        if (path.EndsWith(".meters[]", StringComparison.Ordinal)) return "calls";
        return $"n{dice.Below(300)}";
    }
}
