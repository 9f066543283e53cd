using System.Diagnostics.CodeAnalysis;
using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary>The body of <c>POST /v1/charges</c>.</summary>
internal sealed record ChargeBody(string? Key, string? Token, long? Amount, string? Currency, int? Attempt)
{
    public bool IsValid([NotNullWhen(true)] out ChargeOrder? order, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = FieldRules.Key("key", Key) ?? FieldRules.Token(Token) ?? FieldRules.Amount(Amount) ?? FieldRules.Currency(Currency)
            ?? FieldRules.Attempt(Attempt);
        order = refusal is null ? new ChargeOrder(Key!, Token!, Amount!.Value, Currency!, Attempt!.Value) : null;
        return order is not null;
    }
}

/// <summary>The body of <c>POST /v1/refunds</c>.</summary>
internal sealed record RefundBody(string? Key, string? ChargeKey, long? Amount, string? Currency)
{
    public bool IsValid([NotNullWhen(true)] out RefundOrder? order, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = FieldRules.Key("key", Key)
            ?? FieldRules.Key("charge_key", ChargeKey) ?? FieldRules.Amount(Amount) ?? FieldRules.Currency(Currency);
        order = refusal is null ? new RefundOrder(Key!, ChargeKey!, Amount!.Value, Currency!) : null;
        return order is not null;
    }
}

/// <summary>Validates fields. Each rule returns null if the field is valid.</summary>
internal static class FieldRules
{
    private const int KeyLengthMax = 200;
    private const int TokenLengthMax = 256;

    /// <summary>More than any invoice can ask for: twenty meters at 10^15 each, a fee and taxes.</summary>
    private const long AmountMax = 999_999_999_999_999_999;

    public static Refusal? Key(string field, string? key) => key is { Length: >= 1 and <= KeyLengthMax } && key.All(IsKeyCharacter)
        ? null
        : Invalid(field, $"A key must be 1 to {KeyLengthMax} of the characters A-Z a-z 0-9 _ . : -");

    /// <summary>Any text is valid. An unknown token is a card that does not exist, which is an outcome and not an error.</summary>
    public static Refusal? Token(string? token) => token is { Length: >= 1 and <= TokenLengthMax }
        ? null
        : Invalid("token", $"A token must have 1 to {TokenLengthMax} characters.");

    public static Refusal? Amount(long? amount) => amount is >= 1 and <= AmountMax
        ? null
        : Invalid("amount", $"An amount must be 1 to {AmountMax} minor units.");

    public static Refusal? Currency(string? code) => Domain.Catalog.Currency.TryParse(code, out _)
        ? null
        : Invalid("currency", "A currency must be an ISO 4217 code in upper case.");

    public static Refusal? Attempt(int? attempt) => attempt >= 1 ? null : Invalid("attempt", "An attempt must be at least 1.");

    private static bool IsKeyCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or ':' or '-';

    private static Refusal Invalid(string field, string detail) => new(400, $"{field}_invalid", field, detail);
}
