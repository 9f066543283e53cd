using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>
/// Writes commands and results between processes, by the same rules as the journal. Offers travel only by name and
/// version, next to the command; the other side reads them from its catalog.
/// </summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = Build();

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(DomainJson.Options)
        {
            TypeInfoResolver = DomainJson.Options.TypeInfoResolver!.WithAddedModifier(OmitTerms),
        };
        options.Converters.Add(new LocalDateConverter());
        options.Converters.Add(new PaymentOutcomeConverter());
        options.Converters.Add(new TermsConverter());
        options.MakeReadOnly();
        return options;
    }

    private static void OmitTerms(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(OfferTerms)) property.ShouldSerialize = static (_, _) => false;
        }
    }

    private sealed class LocalDateConverter : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LocalDatePattern.Iso.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }

    /// <summary>Rejects terms in both directions: they travel by reference only.</summary>
    private sealed class TermsConverter : JsonConverter<OfferTerms>
    {
        public override OfferTerms Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("Terms travel by reference.");

        public override void Write(Utf8JsonWriter writer, OfferTerms value, JsonSerializerOptions options) =>
            throw new JsonException("Terms travel by reference.");
    }

    /// <summary>Written as <c>{"outcome": "declined", "code": "lost_card", "hard": true}</c>.</summary>
    private sealed class PaymentOutcomeConverter : JsonConverter<PaymentOutcome>
    {
        public override PaymentOutcome Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var flat = JsonSerializer.Deserialize<Flat>(ref reader, options)!;
            return flat.Outcome switch
            {
                "succeeded" => new PaymentOutcome.Succeeded(),
                "declined" => new PaymentOutcome.Declined(flat.Code!, flat.Hard),
                "pending" => new PaymentOutcome.Pending(flat.Reference),
                "unknown" => new PaymentOutcome.Unknown(flat.Code!),
                _ => throw new JsonException($"'{flat.Outcome}' is not an outcome."),
            };
        }

        public override void Write(Utf8JsonWriter writer, PaymentOutcome value, JsonSerializerOptions options)
        {
            var flat = value switch
            {
                PaymentOutcome.Succeeded => new Flat("succeeded"),
                PaymentOutcome.Declined x => new Flat("declined", x.Code, x.Hard),
                PaymentOutcome.Pending x => new Flat("pending", Reference: x.Reference),
                PaymentOutcome.Unknown x => new Flat("unknown", x.Code),
                _ => throw new JsonException($"{value.GetType()} is not known."),
            };
            JsonSerializer.Serialize(writer, flat, options);
        }

        private sealed record Flat(string Outcome, string? Code = null, bool Hard = false, string? Reference = null);
    }
}
