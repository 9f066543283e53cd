using System.Globalization;

namespace OrleansBilling.Runtime.Payments;

/// <summary>
/// The permanent keys of charges and refunds at the provider. A subscription id may contain colons, but read from the
/// right the keys are unambiguous: their last two parts contain no colons.
/// </summary>
public static class PaymentKeys
{
    /// <summary><c>subscription:invoice:attempt</c>.</summary>
    public static string Charge(string subscriptionId, int invoice, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{subscriptionId}:{invoice}:{attempt}");

    /// <summary>Parses a key that <see cref="Charge"/> wrote; rejects any other spelling.</summary>
    public static bool TryReadCharge(string key, out ChargeKey charge)
    {
        ArgumentNullException.ThrowIfNull(key);
        charge = default;
        var last = key.LastIndexOf(':');
        var middle = last <= 0 ? -1 : key.LastIndexOf(':', last - 1);
        if (middle <= 0 || !TryReadNumber(key.AsSpan(middle + 1, last - middle - 1), out var invoice) ||
            !TryReadNumber(key.AsSpan(last + 1), out var attempt)) return false;
        charge = new ChargeKey(key[..middle], invoice, attempt);
        return true;
    }

    /// <summary><c>subscription:invoice:refund-n</c>.</summary>
    public static string Refund(string subscriptionId, int invoice, int refund) =>
        string.Create(CultureInfo.InvariantCulture, $"{subscriptionId}:{invoice}:refund-{refund}");

    private static bool TryReadNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text[0] != '0';
}

/// <summary>The parts of a charge key.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Invoice">The invoice number within the subscription.</param>
/// <param name="Attempt">The attempt number within the invoice.</param>
public readonly record struct ChargeKey(string SubscriptionId, int Invoice, int Attempt);
