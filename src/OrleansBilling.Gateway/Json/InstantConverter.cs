using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace OrleansBilling.Gateway.Json;

/// <summary>See <see cref="InstantText"/>.</summary>
internal sealed class InstantConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && InstantText.TryParse(reader.GetString()!, out var instant)) return instant;
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToDateTimeUtc());
}
