using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Storage.Customers;

/// <summary>What of a customer has no column of its own, as JSON.</summary>
internal static class CustomerJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static string Write(CustomerProfile customer) =>
        JsonSerializer.Serialize(
            new Rest(customer.Name, customer.Locale, customer.TaxId, !customer.TakesMails, customer.Metadata), Options);

    public static CustomerProfile Read(CustomerProfile columns, string json)
    {
        var rest = JsonSerializer.Deserialize<Rest>(json, Options) ?? throw new InvalidDataException("A stored customer is null.");
        return columns with
        {
            Name = rest.Name, Locale = rest.Locale, TaxId = rest.TaxId, TakesMails = !rest.RefusesMails, Metadata = rest.Metadata,
        };
    }

    private sealed record Rest(
        string? Name, string? Locale, string? TaxId, bool RefusesMails, ImmutableSortedDictionary<string, string>? Metadata);
}
