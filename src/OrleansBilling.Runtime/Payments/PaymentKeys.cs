using System.Globalization;

namespace OrleansBilling.Runtime.Payments;

/// <summary>
/// The permanent keys under which the provider is asked. Read from the right they are unambiguous, although a
/// subscription id may contain colons: the last two parts are numbers.
/// </summary>
public static class PaymentKeys
{
    /// <summary><c>subscription:invoice:attempt</c>.</summary>
    public static string Charge(string subscriptionId, int invoice, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{subscriptionId}:{invoice}:{attempt}");

    /// <summary>Reads <see cref="Charge"/> back, as it was written and no other way.</summary>
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

/// <summary>What the key of a charge says.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Invoice">The invoice's number within it.</param>
/// <param name="Attempt">The attempt's number within that.</param>
public readonly record struct ChargeKey(string SubscriptionId, int Invoice, int Attempt);
