using System.Globalization;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Payments;

/// <summary>
/// The outcome that a payment method's token produces; the same table serves the in-process and the
/// stand-alone simulator. Tokens must match exactly: a token that is not in the table is a card that does
/// not exist. Allocates only for a voucher.
/// </summary>
public static class TokenOutcomes
{
    /// <summary>Pending until somebody confirms the voucher or it expires.</summary>
    public const string Voucher = "tok_voucher";

    private const string Timeout = "tok_timeout";
    private const string DeclinePrefix = "tok_decline_";
    private const string FlakyPrefix = "tok_flaky_";
    private const int DeclinesMax = 99;
    private const int FlakyDice = 0;

    /// <summary>Answered instead of the outcome when <see cref="IsTold"/> is false.</summary>
    public static readonly PaymentOutcome.Unknown Untold = new("timeout");

    private static readonly PaymentOutcome Succeeded = new PaymentOutcome.Succeeded();

    private static readonly PaymentOutcome InsufficientFunds = Soft("insufficient_funds");
    private static readonly PaymentOutcome DoNotHonor = Soft("do_not_honor");

    // Card schemes allow a retry after an expired card (response code 54; Visa category 3, not category 1, "never
    // approve"), because their account updaters renew the date behind the token. Hence soft.
    private static readonly PaymentOutcome ExpiredCard = Soft("expired_card");

    private static readonly PaymentOutcome LostCard = Hard("lost_card");
    private static readonly PaymentOutcome StolenCard = Hard("stolen_card");
    private static readonly PaymentOutcome ClosedAccount = Hard("closed_account");
    private static readonly PaymentOutcome InvalidCard = Hard("invalid_card");
    private static readonly PaymentOutcome NotPermitted = Hard("not_permitted");
    private static readonly PaymentOutcome Revoked = Hard("revoked");
    private static readonly PaymentOutcome InvalidToken = Hard("invalid_token");
    private static readonly PaymentOutcome RefundNotPermitted = Hard("refund_not_permitted");

    /// <summary>The true outcome of a charge, whether or not the caller learns it now.</summary>
    /// <param name="token">The payment method.</param>
    /// <param name="key">The charge's permanent key; the dice of <c>tok_flaky_P</c> roll for it.</param>
    /// <param name="attempt">The attempt's number within the invoice, from 1.</param>
    /// <param name="seed">Seeds the dice.</param>
    public static PaymentOutcome OfCharge(string token, string key, int attempt, long seed) => token switch
    {
        "tok_ok" or Timeout or "tok_refund_declined" => Succeeded,
        "tok_insufficient_funds" => InsufficientFunds,
        "tok_expired_card" => ExpiredCard,
        "tok_lost_card" => LostCard,
        "tok_stolen_card" => StolenCard,
        "tok_closed_account" => ClosedAccount,
        "tok_invalid_card" => InvalidCard,
        "tok_not_permitted" => NotPermitted,
        "tok_revoked" => Revoked,
        Voucher => new PaymentOutcome.Pending($"voucher-{key}"),
        _ => OfNumberedToken(token, key, attempt, seed),
    };

    /// <summary>The outcome of a refund.</summary>
    /// <param name="token">The payment method that paid.</param>
    public static PaymentOutcome OfRefund(string token) => token == "tok_refund_declined" ? RefundNotPermitted : Succeeded;

    /// <summary>Whether this call returns the true outcome of the charge; if not, it answers unknown.</summary>
    /// <param name="token">The payment method.</param>
    /// <param name="ask">How many times the charge has been asked for, including this time.</param>
    public static bool IsTold(string token, int ask) => token != Timeout || ask > 1;

    private static PaymentOutcome OfNumberedToken(string token, string key, int attempt, long seed)
    {
        if (TryReadNumber(token, DeclinePrefix, out var declines) && declines is >= 1 and <= DeclinesMax)
            return attempt <= declines ? DoNotHonor : Succeeded;
        if (TryReadNumber(token, FlakyPrefix, out var percent) && percent <= 100)
            return SeededDice.Percent(seed, key, FlakyDice) < percent ? DoNotHonor : Succeeded;
        return InvalidToken;
    }

    /// <summary>Parses the number after a prefix. A number has one spelling: no sign, blank or leading zero.</summary>
    private static bool TryReadNumber(string token, string prefix, out int number)
    {
        number = 0;
        if (!token.StartsWith(prefix, StringComparison.Ordinal)) return false;
        var digits = token.AsSpan(prefix.Length);
        if (digits.Length > 1 && digits[0] == '0') return false;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static PaymentOutcome.Declined Soft(string code) => new(code, Hard: false);

    private static PaymentOutcome.Declined Hard(string code) => new(code, Hard: true);
}
