using System.Globalization;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The id of an invoice: that of its subscription and its number within it, as in <c>sub_1:2</c>.</summary>
internal readonly record struct InvoiceId(string SubscriptionId, int Number)
{
    /// <summary>The last colon separates the two, because the id of a subscription may have some too.</summary>
    public static InvoiceId? TryParse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0) return null;
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var id = new InvoiceId(text[..colon], number);

        // A number with leading zeros would be a second name of the same invoice.
        return number > 0 && id.ToString() == text ? id : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SubscriptionId}:{Number}");
}
