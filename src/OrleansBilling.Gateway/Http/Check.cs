using System.Globalization;
using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>Checks a request and collects what is wrong with it, up to <see cref="FaultsMax"/> faults.</summary>
internal partial struct Check
{
    /// <summary>A caller mends the faults that it is shown and asks again, so more would only make a long answer.</summary>
    public const int FaultsMax = 100;

    private const int FieldCharactersShown = 100;

    private List<ApiError>? faults;

    /// <summary>The first fault, with all others; null if nothing is wrong.</summary>
    public readonly ApiError? Error => faults is null ? null : faults[0] with { Faults = faults };

    public readonly bool HasFailed => faults is not null;

    /// <summary>Whether further faults would be dropped, so that nobody need look for them.</summary>
    public readonly bool IsFull => faults?.Count >= FaultsMax;

    public void Fail(ApiError error)
    {
        if (IsFull) return;
        (faults ??= []).Add(error);
    }

    /// <summary>Checks an id that a caller chose.</summary>
    public void Id(string? value, string field)
    {
        if (value is not null && !Ids.IsValid(value))
            Fail(new ApiError(422, "invalid_id", $"{field} must be 1 to 64 of A-Z a-z 0-9 _ . : - and not just dots.", field));
    }

    /// <summary>Checks text for people. Returns whether it is good.</summary>
    public bool Text(string? value, string field, int charactersMax, bool lines = false, int charactersMin = 1)
    {
        if (value is null) return true;
        if (value.Length > charactersMax && CountCharacters(value) > charactersMax)
            Fail(new ApiError(
                422, "too_long", string.Create(CultureInfo.InvariantCulture, $"{field} may have at most {charactersMax} characters."),
                field));
        else if (value.Length < charactersMin)
            Fail(new ApiError(422, "empty", $"{field} must not be empty.", field));
        else if (HasControls(value, lines))
            Fail(new ApiError(422, "invalid_text", $"{field} must not contain control characters.", field));
        else return true;
        return false;
    }

    public void Range(long? value, string field, long min, long max)
    {
        if (value < min || value > max) Fail(ApiErrors.OutOfRange(field, min, max));
    }

    /// <summary>Checks the token of a payment method.</summary>
    public void Token(string? value, string field)
    {
        if (value is not null && (value.Length is < 1 or > FieldLimits.TokenCharactersMax || !IsVisibleAscii(value)))
            Fail(new ApiError(422, "invalid_token", $"{field} must be 1 to 255 visible ASCII characters.", field));
    }

    /// <summary>Checks a reason code.</summary>
    public void Reason(string? value, string field)
    {
        if (value is null) return;
        var valid = value.Length is >= 1 and <= FieldLimits.ReasonCharactersMax;
        foreach (var c in value) valid &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_';
        if (!valid) Fail(new ApiError(422, "invalid_reason", $"{field} must be 1 to 64 of a-z 0-9 _.", field));
    }

    /// <summary>Checks the form of a mail address. Only sending a mail can show whether the address exists.</summary>
    public void Email(string? value, string field)
    {
        if (!Text(value, field, FieldLimits.EmailCharactersMax) || value is null) return;
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at == value.Length - 1 || value.Contains(' ', StringComparison.Ordinal))
            Fail(new ApiError(422, "invalid_email", $"{field} must be a mail address.", field));
    }

    /// <summary>Checks the form of a BCP 47 language tag.</summary>
    public void Locale(string? value, string field)
    {
        if (!Text(value, field, FieldLimits.LocaleCharactersMax) || value is null) return;
        var parts = value.Split('-');
        var isTag = parts[0].Length >= 2 && parts[0].All(char.IsAsciiLetter);
        foreach (var part in parts) isTag &= part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit);
        if (!isTag) Fail(new ApiError(422, "invalid_locale", $"{field} must be a language tag such as pt-BR.", field));
    }

    /// <summary>Checks an IANA time zone.</summary>
    public void TimeZone(string? value, string field)
    {
        if (value is not null && !DateTimeZoneProviders.Tzdb.Ids.Contains(value))
            Fail(new ApiError(422, "unknown_time_zone", $"{field} must be an IANA time zone such as America/Sao_Paulo.", field));
    }

    /// <summary>Checks names and values of the caller's own.</summary>
    public void Metadata(Dictionary<string, string>? metadata)
    {
        if (metadata is not null) Metadata(metadata!, removes: false);
    }

    /// <summary>Checks a merge patch of names and values, in which null removes a name.</summary>
    public void MetadataPatch(Dictionary<string, string?>? metadata)
    {
        if (metadata is not null) Metadata(metadata, removes: true);
    }

    private void Metadata(Dictionary<string, string?> metadata, bool removes)
    {
        if (metadata.Count > FieldLimits.MetadataPairsMax)
            Fail(new ApiError(422, "too_long", $"metadata may have at most {FieldLimits.MetadataPairsMax} pairs.", "metadata"));
        foreach (var (key, value) in metadata)
        {
            var field = $"metadata.{(key.Length <= FieldCharactersShown ? key : key[..FieldCharactersShown])}";
            Text(key, field, FieldLimits.MetadataKeyCharactersMax);

            // The contract's annotations do not apply to the values of a dictionary.
            if (value is null && !removes) Fail(ApiErrors.WrongType(field, "a string"));
            Text(value, field, FieldLimits.MetadataValueCharactersMax, lines: true, charactersMin: 0);
        }
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
