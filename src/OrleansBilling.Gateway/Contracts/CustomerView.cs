using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// The one place that defines what customers must not see, in any document: who shares the money, who referred the customer, and which
/// experiment the customer is in. In documents with a contract, such a field is null. In stored events, which have none, it is removed
/// at every depth.
/// </summary>
internal static class CustomerView
{
    private static readonly string[] Hidden = ["postings", "shares", "affiliate_id", "assignment"];

    private static readonly JsonSerializerOptions Options = MakeOptions();

    /// <summary>The contract of <paramref name="type"/> as customers see it.</summary>
    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> type) => (JsonTypeInfo<T>)Options.GetTypeInfo(type.Type);

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(GatewayJson.Default.Options)
        {
            TypeInfoResolver = GatewayJson.Default.WithAddedModifier(Hide),
        };
        options.Converters.Insert(0, new Filter());
        options.MakeReadOnly();
        return options;
    }

    private static void Hide(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in type.Properties)
        {
            if (Hidden.Contains(property.Name)) property.Get = static _ => null;
        }
    }

    private static void Copy(JsonElement from, Utf8JsonWriter to)
    {
        switch (from.ValueKind)
        {
            case JsonValueKind.Object:
                to.WriteStartObject();
                foreach (var property in from.EnumerateObject())
                {
                    if (Hidden.Contains(property.Name)) continue;
                    to.WritePropertyName(property.Name);
                    Copy(property.Value, to);
                }

                to.WriteEndObject();
                break;
            case JsonValueKind.Array:
                to.WriteStartArray();
                foreach (var entry in from.EnumerateArray()) Copy(entry, to);
                to.WriteEndArray();
                break;
            default:
                from.WriteTo(to);
                break;
        }
    }

    private sealed class Filter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Raw JSON is only written.");

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
        {
            using var document = JsonDocument.Parse(value.Utf8);
            Copy(document.RootElement, writer);
        }
    }
}

/// <summary>Marks a request whose answer goes to a customer.</summary>
internal sealed class CustomerAudience
{
    public static CustomerAudience Instance { get; } = new();
}
