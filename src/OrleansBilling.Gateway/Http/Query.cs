using System.Globalization;
using NodaTime;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>A query parameter that a route takes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">JSON Schema type.</param>
/// <param name="Description">For people.</param>
/// <param name="Format">JSON Schema format.</param>
/// <param name="Values">All that it may be, where that is little.</param>
internal sealed record QueryParameter(
    string Name, string Type, string Description, string? Format = null, IReadOnlyList<string>? Values = null);

/// <summary>Reads query parameters as strictly as bodies; the first fault is kept in <see cref="Error"/>.</summary>
internal sealed class Query(HttpRequest request)
{
    public const int LimitMax = 200;
    public const int LimitDefault = 50;

    private Check check;

    public ApiError? Error => check.Error;

    /// <summary>Refuses what the route does not take, and what comes twice.</summary>
    public static ApiError? Validate(HttpRequest request, IReadOnlyList<QueryParameter> known)
    {
        if (!request.QueryString.HasValue) return null;
        foreach (var (name, values) in request.Query)
        {
            if (!known.Any(parameter => parameter.Name == name))
                return new ApiError(400, "unknown_field", "A query parameter is not known here.", name);
            if (values.Count != 1) return new ApiError(400, "duplicate_field", $"{name} is given twice.", name);
        }

        return null;
    }

    public string? Id(string name)
    {
        var value = Read(name);
        check.Id(value, name);
        return value;
    }

    public int Limit() => Integer("limit", 1, LimitMax, LimitDefault);

    /// <summary>A whole number within bounds; <paramref name="otherwise"/> where none, or a wrong one, is given.</summary>
    public int Integer(string name, int min, int max, int otherwise)
    {
        if (Read(name) is not { } text) return otherwise;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            check.Fail(ApiErrors.WrongType(name, "an integer"));
        else check.Range(value, name, min, max);
        return Error is null ? (int)value : otherwise;
    }

    public Instant? Instant(string name)
    {
        if (Read(name) is not { } text) return null;
        if (InstantText.TryParse(text, out var instant)) return instant;
        check.Fail(new ApiError(422, "invalid_instant", $"{name} must be {InstantText.Expected}; a + in it is written %2B.", name));
        return null;
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

    /// <summary>The position that a cursor holds, or null.</summary>
    public string? CursorPosition()
    {
        if (Read("cursor") is not { } text) return null;
        if (Cursor.TryDecode(text, out var position)) return position;
        FailCursor();
        return null;
    }

    /// <summary>The number that a cursor holds, or 0.</summary>
    public long CursorNumber()
    {
        if (CursorPosition() is not { } position) return 0;
        if (long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        FailCursor();
        return 0;
    }

    public void Fail(ApiError error) => check.Fail(error);

    public void FailCursor() => check.Fail(new ApiError(422, "invalid_cursor", "cursor must be a next_cursor of this list.", "cursor"));

    private string? Read(string name) => request.Query.TryGetValue(name, out var values) ? values[0] ?? "" : null;
}
