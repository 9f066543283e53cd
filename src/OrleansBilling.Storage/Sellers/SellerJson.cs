using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansBilling.Runtime.Sellers;

namespace OrleansBilling.Storage.Sellers;

/// <summary>A seller's profile as stored JSON.</summary>
internal static class SellerJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(SellerProfile seller) => JsonSerializer.Serialize(seller, Options);

    public static SellerProfile Read(string json) =>
        JsonSerializer.Deserialize<SellerProfile>(json, Options) ?? throw new InvalidDataException("A stored seller is null.");
}
