using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Http;

/// <summary>What is wrong with a single value.</summary>
internal static class JsonLeafFault
{
    public static ApiError? Explain(JsonElement element, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return element.ValueKind == JsonValueKind.String ? ExplainText(element, path) : Expect(path, "a string");
        if (type == typeof(int)) return ExplainInteger(element, int.MinValue, int.MaxValue, path);
        if (type == typeof(long)) return ExplainInteger(element, long.MinValue, long.MaxValue, path);
        if (type == typeof(bool)) return element.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Expect(path, "true or false");
        if (type == typeof(Instant)) return ExplainInstant(element, path);
        if (type == typeof(LocalDate)) return ExplainDate(element, path);
        if (type == typeof(Percent)) return ExplainPercent(element, path);
        if (type.IsEnum) return ExplainEnum(element, type, path);
        throw new InvalidOperationException($"{type} does not occur in requests.");
    }

    private static ApiError? ExplainText(JsonElement element, string path)
    {
        try
        {
            element.GetString();
            return null;
        }
        catch (InvalidOperationException)
        {
            return ApiErrors.InvalidUnicode(path);
        }
    }

    private static ApiError? ExplainInteger(JsonElement element, long min, long max, string path)
    {
        if (element.ValueKind != JsonValueKind.Number || element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') >= 0) return Expect(path, "an integer");
        return element.TryGetInt64(out var value) && value >= min && value <= max ? null : ApiErrors.OutOfRange(path, min, max);
    }

    private static ApiError? ExplainInstant(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.String) return Expect(path, InstantText.Expected);
        if (ExplainText(element, path) is { } fault) return fault;
        return InstantText.TryParse(element.GetString()!, out _) ? null : new ApiError(422, "invalid_instant", $"{path} must be {InstantText.Expected}.", path);
    }

    private static ApiError? ExplainDate(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.String) return Expect(path, DateText.Expected);
        if (ExplainText(element, path) is { } fault) return fault;
        return DateText.TryParse(element.GetString()!, out _) ? null : new ApiError(422, "invalid_date", $"{path} must be {DateText.Expected}.", path);
    }

    private static ApiError? ExplainPercent(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Number) return Expect(path, Percent.Expected);
        return element.TryGetDecimal(out var value) && Percent.TryFrom(value, out _)
            ? null
            : new ApiError(422, "invalid_percent", $"{path} must be {Percent.Expected}.", path);
    }

    private static ApiError? ExplainEnum(JsonElement element, Type type, string path)
    {
        var names = EnumNames.Of(type);
        var expected = $"one of {string.Join(", ", names)}";
        if (element.ValueKind != JsonValueKind.String) return Expect(path, $"a string, {expected}");
        if (ExplainText(element, path) is { } fault) return fault;
        return names.Contains(element.GetString()) ? null : new ApiError(422, "invalid_value", $"{path} must be {expected}.", path);
    }

    private static ApiError Expect(string path, string expected) => ApiErrors.WrongType(path, expected);
}
