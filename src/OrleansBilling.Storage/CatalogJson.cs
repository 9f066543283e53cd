using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Storage;

/// <summary>Products and plans as they are stored: JSON in snake_case, enumerations by name.</summary>
internal static class CatalogJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static string Write(Product product) => JsonSerializer.Serialize(product, Options);

    public static string Write(Plan plan) => JsonSerializer.Serialize(plan, Options);

    public static Product ReadProduct(string json) => Read<Product>(json);

    public static Plan ReadPlan(string json) => Read<Plan>(json);

    /// <summary>A plan without its product, or an offer without its plan: a bug of the caller, who is to look first.</summary>
    public static InvalidOperationException MissingParent(Exception exception) =>
        new("What this belongs to (a plan's product, an offer's plan) is not in the catalog.", exception);

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new InvalidDataException($"A stored {typeof(T).Name} is null.");
}
