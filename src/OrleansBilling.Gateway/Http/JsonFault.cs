using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Finds out why JSON could not be parsed, by comparing all of it with the contract. Only errors take this slow path, so the
/// normal path stays short.
/// </summary>
internal static class JsonFault
{
    public static ApiError Explain(ReadOnlySpan<byte> bytes, JsonTypeInfo expected)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.ToArray());
            var check = new Check();
            Walk(ref check, document.RootElement, expected, "");
            return check.Error ??
                new ApiError(400, "malformed_json", "The JSON does not match what this request expects.");
        }
        catch (JsonException e)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return new ApiError(400, "malformed_json", $"This is not well-formed JSON ({place}).");
        }
        catch (InvalidOperationException)
        {
            // The name of a property is not valid Unicode.
            return ApiErrors.InvalidUnicode(null);
        }
    }

    private static void Walk(ref Check check, JsonElement element, JsonTypeInfo expected, string path)
    {
        switch (expected.Kind)
        {
            case JsonTypeInfoKind.Object:
                if (element.ValueKind == JsonValueKind.Object) WalkObject(ref check, element, expected, path);
                else check.Fail(WrongType(path, "a JSON object"));
                break;
            case JsonTypeInfoKind.Enumerable:
                if (element.ValueKind == JsonValueKind.Array) WalkArray(ref check, element, expected, path);
                else check.Fail(WrongType(path, "an array"));
                break;
            case JsonTypeInfoKind.Dictionary:
                if (element.ValueKind == JsonValueKind.Object) WalkDictionary(ref check, element, expected, path);
                else check.Fail(WrongType(path, "a JSON object"));
                break;
            default:
                if (JsonLeafFault.Explain(element, expected.Type, path) is { } fault) check.Fail(fault);
                break;
        }
    }

    private static void WalkObject(ref Check check, JsonElement element, JsonTypeInfo expected, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var field = Join(path, property.Name);
            var known = expected.Properties.FirstOrDefault(candidate => candidate.Name == property.Name);
            if (known is null)
                check.Fail(new ApiError(400, "unknown_field", $"{Shorten(field)} is not a field of this request.", field));
            else if (!seen.Add(property.Name))
                check.Fail(new ApiError(400, "duplicate_field", $"{field} is given twice.", field));
            else if (property.Value.ValueKind != JsonValueKind.Null)
                Walk(ref check, property.Value, TypeInfoOf(expected, known.PropertyType), field);
            else if (!known.IsSetNullable)
                check.Fail(ApiErrors.Required(field));
            if (check.IsFull) return;
        }

        foreach (var property in expected.Properties)
        {
            if (property.IsRequired && !seen.Contains(property.Name)) check.Fail(ApiErrors.Required(Join(path, property.Name)));
        }
    }

    private static void WalkArray(ref Check check, JsonElement element, JsonTypeInfo expected, string path)
    {
        var type = TypeInfoOf(expected, expected.ElementType!);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            Walk(ref check, item, type, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"));
            if (check.IsFull) return;
        }
    }

    private static void WalkDictionary(ref Check check, JsonElement element, JsonTypeInfo expected, string path)
    {
        var type = TypeInfoOf(expected, expected.ElementType!);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var field = Join(path, property.Name);
            if (seen.Add(property.Name)) Walk(ref check, property.Value, type, field);
            else check.Fail(new ApiError(400, "duplicate_field", $"{Shorten(field)} is given twice.", field));
            if (check.IsFull) return;
        }
    }

    private static JsonTypeInfo TypeInfoOf(JsonTypeInfo within, Type type) =>
        within.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static ApiError WrongType(string path, string expected) =>
        path.Length == 0 ? new ApiError(400, "wrong_type", $"The body must be {expected}.") : ApiErrors.WrongType(path, expected);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Shorten(string field) => field.Length <= 100 ? field : field[..100];
}

/// <summary>Finds out what is wrong with a single value.</summary>
internal static class JsonLeafFault
{
    public static ApiError? Explain(JsonElement element, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return element.ValueKind == JsonValueKind.String ? ExplainText(element, path) : Expect(path, "a string");
        if (type == typeof(int)) return ExplainInteger(element, int.MinValue, int.MaxValue, path);
        if (type == typeof(long)) return ExplainInteger(element, long.MinValue, long.MaxValue, path);
        if (type == typeof(decimal)) return ExplainDecimal(element, path);
        if (type == typeof(bool))
            return element.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Expect(path, "true or false");
        if (type == typeof(Instant)) return ExplainInstant(element, path);
        if (type == typeof(LocalDate)) return ExplainDate(element, path);
        if (type == typeof(Percent)) return ExplainPercent(element, path);
        if (type.IsEnum) return ExplainEnum(element, type, path);
        throw new InvalidOperationException($"Requests have no fields of type {type}.");
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
        if (element.ValueKind != JsonValueKind.Number || element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
            return Expect(path, "an integer");
        return element.TryGetInt64(out var value) && value >= min && value <= max ? null : ApiErrors.OutOfRange(path, min, max);
    }

    private static ApiError? ExplainDecimal(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Number) return Expect(path, "a number");
        return element.TryGetDecimal(out _) ? null : new ApiError(422, "out_of_range", $"The number in {path} is too large.", path);
    }

    private static ApiError? ExplainInstant(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.String) return Expect(path, InstantText.Expected);
        if (ExplainText(element, path) is { } fault) return fault;
        return InstantText.TryParse(element.GetString()!, out _)
            ? null
            : new ApiError(422, "invalid_instant", $"{path} must be {InstantText.Expected}.", path);
    }

    private static ApiError? ExplainDate(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.String) return Expect(path, DateText.Expected);
        if (ExplainText(element, path) is { } fault) return fault;
        return DateText.TryParse(element.GetString()!, out _)
            ? null
            : new ApiError(422, "invalid_date", $"{path} must be {DateText.Expected}.", path);
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
