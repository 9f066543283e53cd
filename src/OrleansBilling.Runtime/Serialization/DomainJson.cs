using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>
/// Writes the domain as JSON: snake_case, instants in RFC 3339 UTC. Null, zero, false and empty values are omitted, so
/// rows stay narrow and readable for operators.
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
            TypeInfoResolver = new DefaultJsonTypeInfoResolver
            {
                Modifiers = { OmitDefaults, OmitEmptyArrays, OmitEventTime, OldNames.Read },
            },
        };
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new LocalDateTimeConverter());
        options.Converters.Add(new DurationConverter());
        options.Converters.Add(new PostingsConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// Zero and false are not written, so no property can be required. An enum's first value is written
    /// all the same; a quantity of one is not.
    /// </summary>
    private static void OmitDefaults(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired = false;
            if (property.PropertyType.IsEnum) property.ShouldSerialize = static (_, _) => true;
            else if (property.Name == "quantity" && StartsWithOnePiece(type.Type))
                property.ShouldSerialize = static (_, value) => value is not 1;
        }
    }

    /// <summary>Types whose quantity is one when none is written.</summary>
    private static bool StartsWithOnePiece(Type type) => type == typeof(Subscription) || type == typeof(SubscriptionEvent.Subscribed);

    /// <summary>
    /// Empty arrays are omitted, unless the constructor asks for them: an omitted constructor
    /// argument would be read as a default array.
    /// </summary>
    private static void OmitEmptyArrays(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            var array = property.PropertyType;
            if (property.AssociatedParameter is not null || !array.IsGenericType ||
                array.GetGenericTypeDefinition() != typeof(ImmutableArray<>)) continue;
            var hasItems = typeof(DomainJson).GetMethod(nameof(HasItems), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(array.GenericTypeArguments[0]).CreateDelegate<Func<object, object?, bool>>();
            property.ShouldSerialize = hasItems;
        }
    }

    private static bool HasItems<T>(object owner, object? array) => !((ImmutableArray<T>)array!).IsDefaultOrEmpty;

    /// <summary>Omits an event's time, which has its own column.</summary>
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

    private sealed class DurationConverter : JsonConverter<Duration>
    {
        public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DurationPattern.JsonRoundtrip.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) =>
            writer.WriteStringValue(DurationPattern.JsonRoundtrip.Format(value));
    }

    /// <summary>
    /// Written as <c>{"provider": 2990, "receivable": -2990, "distribution": 2990, "payable": {"ana": -2990}}</c>.
    /// Events of older versions may name an account twice. Reading sums such legs, so everything written later names
    /// each account once.
    /// </summary>
    private sealed class PostingsConverter : JsonConverter<ImmutableArray<Posting>>
    {
        private static readonly (Account Account, string Name)[] Names =
            [.. Enum.GetValues<Account>().Select(account => (account, JsonNamingPolicy.SnakeCaseLower.ConvertName(account.ToString())))];

        public override ImmutableArray<Posting> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var postings = ImmutableArray.CreateBuilder<Posting>(2);
            var accounts = 0;
            var twice = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var account = AccountOf(reader.GetString()!);
                twice |= (accounts & (1 << (int)account)) != 0;
                accounts |= 1 << (int)account;
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject) ReadParties(ref reader, account, postings);
                else postings.Add(new Posting(account, reader.GetInt64()));
            }

            return twice ? Postings.Summed(postings) : postings.ToImmutable();
        }

        /// <summary>A party's leg is nested in its account; legs of one account must be adjacent.</summary>
        public override void Write(Utf8JsonWriter writer, ImmutableArray<Posting> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            var parties = false;
            foreach (var posting in value)
            {
                if (posting.Party is not { } party)
                {
                    if (parties) writer.WriteEndObject();
                    parties = false;
                    writer.WriteNumber(Names[(int)posting.Account].Name, posting.Amount);
                    continue;
                }

                if (!parties) writer.WriteStartObject(Names[(int)posting.Account].Name);
                parties = true;
                writer.WriteNumber(party, posting.Amount);
            }

            if (parties) writer.WriteEndObject();
            writer.WriteEndObject();
        }

        private static void ReadParties(ref Utf8JsonReader reader, Account account, ImmutableArray<Posting>.Builder postings)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var party = reader.GetString()!;
                reader.Read();
                postings.Add(new Posting(account, reader.GetInt64(), party));
            }
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
