using System.Buffers.Text;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>A query parameter of a route.</summary>
/// <param name="Type">The JSON Schema type.</param>
/// <param name="Format">The JSON Schema format.</param>
/// <param name="Values">All allowed values, if there are few.</param>
internal sealed record QueryParameter(
    string Name, string Type, string Description, string? Format = null, IReadOnlyList<string>? Values = null)
{
    /// <summary>What it accepts, for the API description.</summary>
    public FieldRuleAttribute? Rule { get; init; }

    /// <summary>Whether its values have names in brackets, as in <c>metadata[campaign]=june</c>.</summary>
    public bool IsMap { get; init; }

    /// <summary>Whether the route refuses a request without it.</summary>
    public bool IsRequired { get; init; }

    public static QueryParameter Id(string name, string description) => new(name, "string", description) { Rule = new IdAttribute() };

    public static QueryParameter Ids(string name, string description) =>
        new(name, "string", $"{description} Several are separated by commas: at most {Query.IdsMax}.");
}

/// <summary>Reads query parameters as strictly as bodies. <see cref="Error"/> has all faults.</summary>
internal sealed class Query(HttpRequest request)
{
    public const int LimitMax = 200;
    public const int LimitDefault = 50;

    /// <summary>The most values of a filter.</summary>
    public const int IdsMax = 50;

    /// <summary>The size of a list's mark: enough that no two lists share one by chance.</summary>
    private const int MarkBytes = 6;

    /// <summary>The most pairs of a parameter whose values have names.</summary>
    public const int PairsMax = 5;

    /// <summary>Parameters that may differ from page to page. The cursor of a period's usage names its period itself.</summary>
    private static readonly FrozenSet<string> Unbound = FrozenSet.ToFrozenSet(["limit", "cursor", "period"], StringComparer.Ordinal);

    private Check check;
    private string? mark;

    public ApiError? Error => check.Error;

    /// <summary>Returns an error for a parameter that the route does not accept or that is given twice.</summary>
    public static ApiError? Validate(HttpRequest request, IReadOnlyList<QueryParameter> known)
    {
        if (!request.QueryString.HasValue) return null;
        var check = new Check();
        foreach (var (name, values) in request.Query)
        {
            if (!known.Any(parameter => parameter.IsMap ? NameIn(parameter.Name, name) is not null : parameter.Name == name))
                check.Fail(new ApiError(400, "unknown_field", "This route has no such query parameter.", name));
            else if (values.Count != 1) check.Fail(new ApiError(400, "duplicate_field", $"{name} is given twice.", name));
        }

        return check.Error;
    }

    public string? Id(string name)
    {
        var value = Read(name);
        check.Id(value, name);
        return value;
    }

    /// <summary>Reads ids that are separated by commas; empty if the parameter is missing or wrong.</summary>
    public ImmutableArray<string> Ids(string name)
    {
        var ids = Several(name);
        if (ids.All(Security.Ids.IsValid)) return ids;
        check.Fail(new ApiError(422, "invalid_id", $"{name} must be ids, separated by commas.", name));
        return [];
    }

    /// <summary>Reads values that are separated by commas; empty if the parameter is missing or has too many.</summary>
    private ImmutableArray<string> Several(string name)
    {
        if (Read(name) is not { } text) return [];
        var values = text.Split(',', IdsMax + 1);
        if (values.Length <= IdsMax) return [.. values];
        check.Fail(new ApiError(422, "out_of_range", $"{name} may have at most {IdsMax} values.", name));
        return [];
    }

    /// <summary>Reads the pairs of a parameter whose values have names in brackets; empty if there are none or one is wrong.</summary>
    public ImmutableSortedDictionary<string, string> Metadata(string name)
    {
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (full, values) in request.Query)
        {
            if (NameIn(name, full) is { } key) pairs[key] = values[0] ?? "";
        }

        if (pairs.Count > PairsMax) check.Fail(new ApiError(422, "out_of_range", $"{name} may have at most {PairsMax} pairs.", name));
        else check.Metadata(new Dictionary<string, string>(pairs, StringComparer.Ordinal));
        return check.Error is null ? pairs.ToImmutable() : ImmutableSortedDictionary<string, string>.Empty;
    }

    /// <summary>Reads positive numbers that are separated by commas; empty if the parameter is missing or wrong.</summary>
    public ImmutableArray<long> Numbers(string name)
    {
        if (Read(name) is not { } text) return [];
        var numbers = ImmutableArray.CreateBuilder<long>();
        foreach (var part in text.Split(',', IdsMax + 1))
        {
            if (numbers.Count == IdsMax)
            {
                check.Fail(new ApiError(422, "out_of_range", $"{name} may have at most {IdsMax} values.", name));
                return [];
            }

            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                check.Fail(ApiErrors.WrongType(name, "positive integers, separated by commas"));
                return [];
            }

            numbers.Add(number);
        }

        return numbers.ToImmutable();
    }

    /// <summary>Reads ISO 4217 codes that are separated by commas; empty if the parameter is missing or wrong.</summary>
    public ImmutableArray<string> Currencies(string name)
    {
        var codes = Several(name);
        foreach (var code in codes) check.Currency(code, name);
        return codes;
    }

    /// <summary>Reads the range of creation, which includes its beginning and excludes its end.</summary>
    public (Instant? From, Instant? To) Created() => Range("created");

    /// <summary>Reads the range between <c>{name}_from</c>, which is in it, and <c>{name}_to</c>, which is not.</summary>
    public (Instant? From, Instant? To) Range(string name)
    {
        var (from, to) = (InMilliseconds(Instant($"{name}_from")), InMilliseconds(Instant($"{name}_to")));
        if (to <= from) Fail(new ApiError(422, "out_of_range", $"{name}_to must be after {name}_from.", $"{name}_to"));
        return (from, to);
    }

    /// <summary>Reads the token of a payment method; null if it is missing or wrong.</summary>
    public string? Token(string name)
    {
        var value = Read(name);
        check.Token(value, name);
        return value;
    }

    /// <summary>Reads one of these words; null if the parameter is missing or wrong.</summary>
    public string? OneOf(string name, IReadOnlyCollection<string> words)
    {
        if (Read(name) is not { } text) return null;
        if (words.Contains(text)) return text;
        check.Fail(new ApiError(422, "invalid_value", $"{name} must be one of {string.Join(", ", words)}.", name));
        return null;
    }

    /// <summary>Reads true or false; null if the parameter is missing or wrong.</summary>
    public bool? Flag(string name)
    {
        if (Read(name) is not { } text) return null;
        if (text is "true" or "false") return text == "true";
        check.Fail(ApiErrors.WrongType(name, "true or false"));
        return null;
    }

    /// <summary>Reads a text that is required, without the spaces around it; null if it is missing or wrong.</summary>
    public string? Text(string name, int charactersMax)
    {
        if (Read(name)?.Trim() is not { } text)
        {
            check.Fail(ApiErrors.Required(name));
            return null;
        }

        return check.Text(text, name, charactersMax) ? text : null;
    }

    public int Limit() => Integer("limit", 1, LimitMax, LimitDefault);

    /// <summary>Reads an integer within bounds. Returns <paramref name="otherwise"/> if it is missing or wrong.</summary>
    public int Integer(string name, int min, int max, int otherwise)
    {
        if (Read(name) is not { } text) return otherwise;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            check.Fail(ApiErrors.WrongType(name, "an integer"));
        else if (value >= min && value <= max) return (int)value;
        else check.Range(value, name, min, max);
        return otherwise;
    }

    public Instant? Instant(string name)
    {
        if (Read(name) is not { } text) return null;
        if (InstantText.TryParse(text, out var instant)) return instant;
        check.Fail(new ApiError(422, "invalid_instant", $"{name} must be {InstantText.Expected}; write %2B for a + in it.", name));
        return null;
    }

    /// <summary>Reads mail addresses that are separated by commas; empty if the parameter is missing or wrong.</summary>
    public ImmutableArray<string> Emails(string name)
    {
        var emails = Several(name);
        foreach (var email in emails) check.Email(email, name);
        return emails;
    }

    public LocalDate? Date(string name)
    {
        if (Read(name) is not { } text) return null;
        if (DateText.TryParse(text, out var date)) return date;
        check.Fail(new ApiError(422, "invalid_date", $"{name} must be {DateText.Expected}.", name));
        return null;
    }

    public T? Enum<T>(string name)
        where T : struct, Enum
    {
        if (Read(name) is not { } text) return null;
        if (EnumNames<T>.TryParse(text, out var value)) return value;
        check.Fail(new ApiError(422, "invalid_value", $"{name} must be one of {string.Join(", ", EnumNames<T>.Names)}.", name));
        return null;
    }

    /// <summary>Reads different names that are separated by commas; null if the parameter is missing or wrong.</summary>
    public IReadOnlyList<T>? EnumList<T>(string name)
        where T : struct, Enum
    {
        if (Read(name) is not { } text) return null;
        var values = new List<T>();
        foreach (var part in text.Split(','))
        {
            if (!EnumNames<T>.TryParse(part, out var value) || values.Contains(value))
            {
                check.Fail(new ApiError(
                    422, "invalid_value", $"{name} must be different ones of {string.Join(", ", EnumNames<T>.Names)}, separated by commas.",
                    name));
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    /// <summary>The position in the cursor; null if it is missing or of another list.</summary>
    public string? CursorPosition()
    {
        if (Read("cursor") is not { } text) return null;
        if (Cursor.TryDecode(Cursor.Page, text, out var content) && content.StartsWith(Mark, StringComparison.Ordinal) &&
            content.Length > Mark.Length)
            return content[Mark.Length..];
        FailCursor();
        return null;
    }

    /// <summary>The number in the cursor, or null.</summary>
    public long? CursorNumber()
    {
        if (CursorPosition() is not { } position) return null;
        if (long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        FailCursor();
        return null;
    }

    /// <summary>The id in the cursor, or null.</summary>
    public string? CursorId()
    {
        if (CursorPosition() is not { } position) return null;
        if (Security.Ids.IsValid(position)) return position;
        FailCursor();
        return null;
    }

    /// <summary>The cursor of the next page of this list. Only the same list takes it.</summary>
    public string NextCursor(string position) => Cursor.Encode(Cursor.Page, Mark + position);

    public string NextCursor(long position) => NextCursor(position.ToString(CultureInfo.InvariantCulture));

    /// <summary>The position in a cursor of the feed; null if it is missing or of another list.</summary>
    /// <param name="mark">The letter that these cursors begin with.</param>
    public long? FeedPosition(string name, char mark)
    {
        if (Read(name) is not { } text) return null;
        if (Cursor.TryDecode(Cursor.Feed, text, out var content) && content[0] == mark &&
            long.TryParse(content.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return position;
        check.Fail(new ApiError(422, "invalid_cursor", $"{name} must be a next_cursor of this list.", name));
        return null;
    }

    public void Fail(ApiError error) => check.Fail(error);

    public void FailCursor() => check.Fail(new ApiError(
        422, "invalid_cursor", "cursor must be a next_cursor of this list, with the same filters and order.", "cursor"));

    /// <summary>
    /// Tells the cursors of this list from all others: a short hash of the path, the filters and the order, so that no list can forget it.
    /// </summary>
    private string Mark => mark ??= MarkOf(request);

    private static string MarkOf(HttpRequest request)
    {
        var bound = new StringBuilder(request.Path.Value);
        foreach (var (name, values) in request.Query.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (!Unbound.Contains(name)) bound.Append('\n').Append(name).Append('=').Append(values[0]);
        }

        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(bound.ToString())).AsSpan(0, MarkBytes));
    }

    /// <summary>Creation is stored in milliseconds. What was created within a cut one is not before its rest.</summary>
    private static Instant? InMilliseconds(Instant? at) =>
        at is { } exact && exact.ToUnixTimeTicks() % NodaConstants.TicksPerMillisecond != 0
            ? NodaTime.Instant.FromUnixTimeMilliseconds(exact.ToUnixTimeMilliseconds() + 1)
            : at;

    /// <summary>The name in the brackets; null if it is another parameter.</summary>
    private static string? NameIn(string map, string full) =>
        full.Length > map.Length + 2 && full.StartsWith(map, StringComparison.Ordinal) && full[map.Length] == '[' && full[^1] == ']'
            ? full[(map.Length + 1)..^1]
            : null;

    private string? Read(string name) => request.Query.TryGetValue(name, out var values) ? values[0] ?? "" : null;
}
