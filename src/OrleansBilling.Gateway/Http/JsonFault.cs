using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Finds out what is wrong with JSON that could not be read as what was expected, by walking it beside the contract.
/// Only failures take this way, so the way of the rest stays short.
/// </summary>
internal static class JsonFault
{
    public static ApiError Explain(ReadOnlySpan<byte> bytes, JsonTypeInfo expected)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.ToArray());
            return Walk(document.RootElement, expected, "") ??
                new ApiError(400, "malformed_json", "The JSON could not be read as what is expected here.");
        }
        catch (JsonException e)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return new ApiError(400, "malformed_json", $"This is not well-formed JSON ({place}).");
        }
        catch (InvalidOperationException)
        {
            // A property's name that is not valid Unicode.
            return ApiErrors.InvalidUnicode(null);
        }
    }

    private static ApiError? Walk(JsonElement element, JsonTypeInfo expected, string path) => expected.Kind switch
    {
        JsonTypeInfoKind.Object => WalkObject(element, expected, path),
        JsonTypeInfoKind.Enumerable => WalkArray(element, expected, path),
        JsonTypeInfoKind.Dictionary => WalkDictionary(element, expected, path),
        _ => JsonLeafFault.Explain(element, expected.Type, path),
    };

    private static ApiError? WalkObject(JsonElement element, JsonTypeInfo expected, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) return WrongType(path, "a JSON object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var field = Join(path, property.Name);
            var known = expected.Properties.FirstOrDefault(candidate => candidate.Name == property.Name);
            if (known is null) return new ApiError(400, "unknown_field", $"{Shorten(field)} is not a field of this request.", field);
            if (!seen.Add(property.Name)) return new ApiError(400, "duplicate_field", $"{field} is given twice.", field);
            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                if (!known.IsSetNullable) return ApiErrors.Required(field);
                continue;
            }

            if (Walk(property.Value, TypeInfoOf(expected, known.PropertyType), field) is { } fault) return fault;
        }

        var missing = expected.Properties.FirstOrDefault(candidate => candidate.IsRequired && !seen.Contains(candidate.Name));
        return missing is null ? null : ApiErrors.Required(Join(path, missing.Name));
    }

    private static ApiError? WalkArray(JsonElement element, JsonTypeInfo expected, string path)
    {
        if (element.ValueKind != JsonValueKind.Array) return WrongType(path, "an array");
        var type = TypeInfoOf(expected, expected.ElementType!);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (Walk(item, type, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]")) is { } fault) return fault;
        }

        return null;
    }

    private static ApiError? WalkDictionary(JsonElement element, JsonTypeInfo expected, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) return WrongType(path, "a JSON object");
        var type = TypeInfoOf(expected, expected.ElementType!);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var field = Join(path, property.Name);
            if (!seen.Add(property.Name)) return new ApiError(400, "duplicate_field", $"{Shorten(field)} is given twice.", field);
            if (Walk(property.Value, type, field) is { } fault) return fault;
        }

        return null;
    }

    private static JsonTypeInfo TypeInfoOf(JsonTypeInfo within, Type type) => within.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static ApiError WrongType(string path, string expected) =>
        path.Length == 0 ? new ApiError(400, "wrong_type", $"The body must be {expected}.") : ApiErrors.WrongType(path, expected);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Shorten(string field) => field.Length <= 100 ? field : field[..100];
}
