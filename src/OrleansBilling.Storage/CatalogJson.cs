using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Storage;

/// <summary>
/// The stored JSON of the catalog: snake_case, enums by name. A row older than a property gets that property's default.
/// </summary>
internal static class CatalogJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false), new InstantConverter() },
    };

    public static string Write(Product product) => JsonSerializer.Serialize(product, Options);

    public static string Write(Plan plan) => JsonSerializer.Serialize(plan, Options);

    public static string Write(Coupon coupon) => JsonSerializer.Serialize(coupon, Options);

    /// <summary>The properties of an offer version that have no column.</summary>
    public static string WriteExtras(Offer offer) =>
        JsonSerializer.Serialize(
            new OfferExtras
            {
                AddOns = offer.AddOns, Meters = offer.Meters, Split = offer.Split, CustomersMayChoose = offer.CustomersMayChoose,
            }, Options);

    public static Product ReadProduct(string json) => Read<Product>(json);

    public static Plan ReadPlan(string json) => Read<Plan>(json);

    public static Coupon ReadCoupon(string json) => Read<Coupon>(json);

    /// <summary>Adds the properties that have no column to an offer version read from its columns.</summary>
    public static Offer WithExtras(Offer columns, string json)
    {
        var extras = Read<OfferExtras>(json);
        return columns with
        {
            AddOns = extras.AddOns, Meters = extras.Meters, Split = extras.Split, CustomersMayChoose = extras.CustomersMayChoose,
        };
    }

    /// <summary>A plan without its product, or an offer without its plan. This is a bug: callers must check first.</summary>
    public static InvalidOperationException MissingParent(Exception exception) =>
        new("The parent of this catalog entry (a plan's product or an offer's plan) does not exist.", exception);

    /// <summary>A redemption of a coupon that does not exist. This is a bug: callers must check first.</summary>
    public static InvalidOperationException MissingCoupon(string couponId) => new($"There is no coupon '{couponId}'.");

    /// <summary>The narrowest part that is archived; null if none is.</summary>
    public static ArchivedPart? ArchivedPartOf(bool offer, bool plan, bool product) =>
        offer ? ArchivedPart.Offer : plan ? ArchivedPart.Plan : product ? ArchivedPart.Product : null;

    /// <summary>The coupon as it can be redeemed: an archived one not from then on.</summary>
    public static Coupon AsRedeemable(Coupon coupon, Instant? archivedAt) =>
        archivedAt is { } at && !(coupon.RedeemUntil < at) ? coupon with { RedeemUntil = at } : coupon;

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new InvalidDataException($"A stored {typeof(T).Name} is null.");

    private sealed record OfferExtras
    {
        public ImmutableArray<AddOn> AddOns { get; init; } = [];

        public ImmutableArray<Meter> Meters { get; init; } = [];

        public ImmutableArray<SplitPart> Split { get; init; } = [];

        public bool CustomersMayChoose { get; init; } = true;
    }

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }
}
