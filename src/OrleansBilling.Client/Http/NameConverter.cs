using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Client.Http;

/// <summary>
/// Enums by their names in snake_case. A name that this version of the client does not know is read as the first value, Unrecognized:
/// the API may add names.
/// </summary>
internal sealed class NameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Values = Enum.GetValues<T>()
        .Where(value => !value.Equals(default(T)))
        .ToFrozenDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    private static readonly FrozenDictionary<T, string> Names = Values.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Values.GetValueOrDefault(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Names.TryGetValue(value, out var name)
            ? name
            : throw new JsonException($"{typeof(T).Name} {value} has no name; it cannot be sent."));
}
