using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>
/// How the domain is written as JSON: snake_case, instants in RFC 3339 UTC, nothing that is null, zero, false or empty,
/// so that rows stay narrow and an operator can read them.
/// </summary>
internal static class DomainJson
{
    public static JsonSerializerOptions Options { get; } = Build();

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            IgnoreReadOnlyProperties = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OmitDefaults, OmitEmptyArrays, OmitEventTime } },
        };
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new LocalDateTimeConverter());
        options.Converters.Add(new PostingsConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }

    /// <summary>What is zero or false is not written and so cannot be required; an enum's first name is worth writing.</summary>
    private static void OmitDefaults(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired = false;
            if (property.PropertyType.IsEnum) property.ShouldSerialize = static (_, _) => true;
        }
    }

    private static void OmitEmptyArrays(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(ImmutableArray<OpenInvoice>)) property.ShouldSerialize = static (_, value) => !((ImmutableArray<OpenInvoice>)value!).IsDefaultOrEmpty;
            else if (property.PropertyType == typeof(ImmutableArray<DeclinedAttempt>)) property.ShouldSerialize = static (_, value) => !((ImmutableArray<DeclinedAttempt>)value!).IsDefaultOrEmpty;
            else if (property.PropertyType == typeof(ImmutableArray<Posting>)) property.ShouldSerialize = static (_, value) => !((ImmutableArray<Posting>)value!).IsDefaultOrEmpty;
            else if (property.PropertyType == typeof(ImmutableArray<ClosedInvoice>)) property.ShouldSerialize = static (_, value) => !((ImmutableArray<ClosedInvoice>)value!).IsDefaultOrEmpty;
        }
    }

    /// <summary>An event's time has a column of its own.</summary>
    private static void OmitEventTime(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(SubscriptionEvent))) return;
        foreach (var property in type.Properties)
        {
            if (property.Name == "at") property.ShouldSerialize = static (_, _) => false;
        }
    }

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Instant.FromDateTimeUtc(DateTime.SpecifyKind(reader.GetDateTime().ToUniversalTime(), DateTimeKind.Utc));

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToDateTimeUtc());
    }

    private sealed class LocalDateTimeConverter : JsonConverter<LocalDateTime>
    {
        public override LocalDateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LocalDateTimePattern.ExtendedIso.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, LocalDateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(LocalDateTimePattern.ExtendedIso.Format(value));
    }

    /// <summary>Written as <c>{"receivable": 2990, "revenue": -2990}</c>.</summary>
    private sealed class PostingsConverter : JsonConverter<ImmutableArray<Posting>>
    {
        private static readonly (Account Account, string Name)[] Names =
            [.. Enum.GetValues<Account>().Select(account => (account, JsonNamingPolicy.SnakeCaseLower.ConvertName(account.ToString())))];

        public override ImmutableArray<Posting> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var postings = ImmutableArray.CreateBuilder<Posting>(2);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var account = AccountOf(reader.GetString()!);
                reader.Read();
                postings.Add(new Posting(account, reader.GetInt64()));
            }

            return postings.ToImmutable();
        }

        public override void Write(Utf8JsonWriter writer, ImmutableArray<Posting> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var posting in value) writer.WriteNumber(Names[(int)posting.Account].Name, posting.Amount);
            writer.WriteEndObject();
        }

        private static Account AccountOf(string name)
        {
            foreach (var pair in Names)
            {
                if (pair.Name == name) return pair.Account;
            }

            throw new JsonException($"'{name}' is not an account.");
        }
    }
}
