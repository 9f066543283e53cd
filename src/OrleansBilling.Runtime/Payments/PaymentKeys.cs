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

    /// <summary><c>subscription:invoice:refund-n</c>.</summary>
    public static string Refund(string subscriptionId, int invoice, int refund) =>
        string.Create(CultureInfo.InvariantCulture, $"{subscriptionId}:{invoice}:refund-{refund}");
}
