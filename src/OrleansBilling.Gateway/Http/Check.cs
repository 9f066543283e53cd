using System.Collections.Immutable;
using System.Globalization;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Http;

/// <summary>Collects the first thing that is wrong with a request; what is checked after it no longer counts.</summary>
internal struct Check
{
    public const int IdCharactersMax = 64;
    public const int NameCharactersMax = 200;
    public const int CommentCharactersMax = 1_000;
    public const int TokenCharactersMax = 255;

    private const int ReasonCharactersMax = 64;
    private const int EmailCharactersMax = 254;

    public ApiError? Error { get; private set; }

    public void Fail(ApiError error) => Error ??= error;

    /// <summary>An id that a caller gives.</summary>
    public void Id(string? value, string field)
    {
        if (value is not null && !Ids.IsValid(value))
            Fail(new ApiError(422, "invalid_id", $"{field} must be 1 to 64 of A-Z a-z 0-9 _ . : - and not just dots.", field));
    }

    /// <summary>Text for people.</summary>
    public void Text(string? value, string field, int charactersMax, bool lines = false, int charactersMin = 1)
    {
        if (value is null) return;
        if (value.Length > charactersMax && CountCharacters(value) > charactersMax)
            Fail(new ApiError(422, "too_long", string.Create(CultureInfo.InvariantCulture, $"{field} may have {charactersMax} characters at most."), field));
        else if (value.Length < charactersMin)
            Fail(new ApiError(422, "empty", $"{field} must not be empty.", field));
        else if (HasControls(value, lines))
            Fail(new ApiError(422, "invalid_text", $"{field} must not contain control characters.", field));
    }

    public void Range(long? value, string field, long min, long max)
    {
        if (value < min || value > max) Fail(ApiErrors.OutOfRange(field, min, max));
    }

    /// <summary>The token of a payment method.</summary>
    public void Token(string? value, string field)
    {
        if (value is not null && (value.Length is < 1 or > TokenCharactersMax || !IsVisibleAscii(value)))
            Fail(new ApiError(422, "invalid_token", $"{field} must be 1 to 255 visible ASCII characters.", field));
    }

    /// <summary>A reason code.</summary>
    public void Reason(string? value, string field)
    {
        if (value is null) return;
        var valid = value.Length is >= 1 and <= ReasonCharactersMax;
        foreach (var c in value) valid &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_';
        if (!valid) Fail(new ApiError(422, "invalid_reason", $"{field} must be 1 to 64 of a-z 0-9 _.", field));
    }

    /// <summary>An address that could be one; whether it is, only a mail can tell.</summary>
    public void Email(string? value, string field)
    {
        Text(value, field, EmailCharactersMax);
        if (value is null || Error is not null) return;
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at == value.Length - 1 || value.Contains(' ', StringComparison.Ordinal))
            Fail(new ApiError(422, "invalid_email", $"{field} must be a mail address.", field));
    }

    /// <summary>An ISO 3166-1 alpha-2 code.</summary>
    public void Country(string? value, string field)
    {
        if (value is not null && !Countries.Contains(value))
            Fail(new ApiError(422, "unknown_country", $"{field} must be an ISO 3166-1 alpha-2 code such as BR.", field));
    }

    /// <summary>An ISO 4217 code.</summary>
    public void Currency(string? value, string field)
    {
        if (value is not null && !Domain.Billing.Currency.TryParse(value, out _))
            Fail(new ApiError(422, "unknown_currency", $"{field} must be an ISO 4217 code such as BRL.", field));
    }

    /// <summary>What is taken off or shared out: a percentage above 0 and up to 100, or an amount of at least 1; exactly one of the two.</summary>
    public void PercentOrAmount(Percent? percent, long? amount, string within)
    {
        ExactlyOne(percent is not null, $"{within}percent", amount is not null, $"{within}amount");
        Percent(percent, $"{within}percent", 1);
        Range(amount, $"{within}amount", 1, Money.OfferAmountMax);
    }

    /// <summary>A percentage from so many thousandths up to 100.</summary>
    public void Percent(Percent? value, string field, int milliMin)
    {
        if (value is { } percent && (percent.Milli < milliMin || percent.Milli > PriceReduction.WholeMilliPercent))
            Fail(new ApiError(422, "out_of_range", string.Create(CultureInfo.InvariantCulture, $"{field} must be between {new Percent(milliMin).Value} and 100."), field));
    }

    /// <summary>A list of so many entries, none of them null; whether its entries can be looked at.</summary>
    public bool List<T>(ImmutableArray<T>? list, string field, int min, int max)
    {
        if (list is not { } entries) return false;
        if (entries.Length < min || entries.Length > max)
        {
            Fail(new ApiError(422, "out_of_range", string.Create(CultureInfo.InvariantCulture, $"{field} must have {min} to {max} entries."), field));
            return false;
        }

        for (var n = 0; n < entries.Length; n++)
        {
            // The contract's annotations do not reach the entries of a list.
            if (entries[n] is not null) continue;
            var entry = string.Create(CultureInfo.InvariantCulture, $"{field}[{n}]");
            Fail(ApiErrors.WrongType(entry, typeof(T) == typeof(string) ? "a string" : "a JSON object"));
            return false;
        }

        return true;
    }

    /// <summary>Something that is named once among its like.</summary>
    public void Once(HashSet<string> seen, string value, string field)
    {
        if (!seen.Add(value)) Fail(new ApiError(422, "duplicate", $"{field} is the same as one before.", field));
    }

    /// <summary>A field that another one rules out.</summary>
    public void Absent(bool present, string field, string rule)
    {
        if (present) Fail(new ApiError(422, "ambiguous", $"{field} goes with {rule} only.", field));
    }

    /// <summary>A field that another one asks for.</summary>
    public void Present(bool present, string field)
    {
        if (!present) Fail(ApiErrors.Required(field));
    }

    /// <summary>Exactly one of two fields.</summary>
    public void ExactlyOne(bool first, string firstField, bool second, string secondField)
    {
        if (!first && !second) Fail(new ApiError(400, "required", $"{firstField} or {secondField} is required.", firstField));
        if (first && second) Fail(new ApiError(422, "ambiguous", $"{firstField} and {secondField} exclude each other.", secondField));
    }

    public static bool IsVisibleAscii(string value)
    {
        foreach (var c in value)
        {
            if (c is < '!' or > '~') return false;
        }

        return true;
    }

    private static int CountCharacters(string value)
    {
        var count = 0;
        foreach (var unused in value.EnumerateRunes()) count++;
        return count;
    }

    private static bool HasControls(string value, bool lines)
    {
        foreach (var c in value)
        {
            if (char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')) return true;
        }

        return false;
    }
}
