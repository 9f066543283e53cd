using System.Globalization;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Payments;

/// <summary>
/// What a simulated provider makes of a payment method's token; the same for the in-process and the stand-alone one.
/// Tokens are exact: whatever is not in this table is a card that does not exist. Allocates nothing, but for a voucher.
/// </summary>
public static class TokenOutcomes
{
    /// <summary>The voucher: pending until somebody confirms it or lets it expire.</summary>
    public const string Voucher = "tok_voucher";

    private const string Timeout = "tok_timeout";
    private const string DeclinePrefix = "tok_decline_";
    private const string FlakyPrefix = "tok_flaky_";
    private const int DeclinesMax = 99;
    private const int FlakyDice = 0;

    /// <summary>What is told instead of the outcome where <see cref="IsTold"/> says no.</summary>
    public static readonly PaymentOutcome.Unknown Untold = new("timeout");

    private static readonly PaymentOutcome Succeeded = new PaymentOutcome.Succeeded();

    private static readonly PaymentOutcome InsufficientFunds = Soft("insufficient_funds");
    private static readonly PaymentOutcome DoNotHonor = Soft("do_not_honor");

    // The schemes count an expired card (response code 54) among the declines that may be tried again (Visa: category 3,
    // not 1, "never approve"), for their account updaters renew the date behind the token. Hence soft.
    private static readonly PaymentOutcome ExpiredCard = Soft("expired_card");

    private static readonly PaymentOutcome LostCard = Hard("lost_card");
    private static readonly PaymentOutcome StolenCard = Hard("stolen_card");
    private static readonly PaymentOutcome ClosedAccount = Hard("closed_account");
    private static readonly PaymentOutcome InvalidCard = Hard("invalid_card");
    private static readonly PaymentOutcome NotPermitted = Hard("not_permitted");
    private static readonly PaymentOutcome Revoked = Hard("revoked");
    private static readonly PaymentOutcome InvalidToken = Hard("invalid_token");
    private static readonly PaymentOutcome RefundNotPermitted = Hard("refund_not_permitted");

    /// <summary>What becomes of the money of a charge, whoever is told when.</summary>
    /// <param name="token">The payment method.</param>
    /// <param name="key">The charge's permanent key, for which the dice of <c>tok_flaky_P</c> roll.</param>
    /// <param name="attempt">The attempt's number within the invoice, from 1.</param>
    /// <param name="seed">The seed of the dice.</param>
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

    /// <summary>What becomes of the money of a refund.</summary>
    /// <param name="token">The payment method that paid.</param>
    public static PaymentOutcome OfRefund(string token) => token == "tok_refund_declined" ? RefundNotPermitted : Succeeded;

    /// <summary>Whether the caller of a charge is told what became of it, or only that nobody knows yet.</summary>
    /// <param name="token">The payment method.</param>
    /// <param name="ask">How often the charge was asked for, this time included.</param>
    public static bool IsTold(string token, int ask) => token != Timeout || ask > 1;

    private static PaymentOutcome OfNumberedToken(string token, string key, int attempt, long seed)
    {
        if (TryReadNumber(token, DeclinePrefix, out var declines) && declines is >= 1 and <= DeclinesMax)
            return attempt <= declines ? DoNotHonor : Succeeded;
        if (TryReadNumber(token, FlakyPrefix, out var percent) && percent <= 100)
            return SeededDice.Percent(seed, key, FlakyDice) < percent ? DoNotHonor : Succeeded;
        return InvalidToken;
    }

    /// <summary>The number behind a prefix; one way to write it, so no sign, blank or leading zero.</summary>
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
