using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Gateway.Json;

/// <summary>Enums as snake_case strings. Numbers, other spellings and lists are refused.</summary>
internal sealed class SnakeCaseEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && EnumNames<T>.TryRead(ref reader, out var value)) return value;
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(EnumNames<T>.NameOf(value));
}
