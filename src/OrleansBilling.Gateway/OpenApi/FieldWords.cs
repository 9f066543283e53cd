using Microsoft.OpenApi;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>
/// The descriptions of fields. They come from the XML docs of the contracts, which the compiler hands to the framework. Fields
/// that mean the same in every document need no docs there: their words are here, once.
/// </summary>
internal static class FieldWords
{
    private static readonly Dictionary<string, string> Same = new(StringComparer.Ordinal)
    {
        ["created_at"] = "When it was created.",
        ["currency"] = "ISO 4217 code.",
        ["customer_id"] = "The customer.",
        ["data"] = "The entries.",
        ["id"] = "The id.",
        ["month"] = "The calendar month, such as 2024-01.",
        ["next_cursor"] = "The cursor of the next page; null on the last one.",
        ["offer_id"] = "The offer.",
        ["party_id"] = "The party: a seller, the platform, a co-producer or an affiliate.",
        ["percent"] = "Percent, with at most three decimals.",
        ["plan_id"] = "The plan.",
        ["product_id"] = "The product.",
        ["seller_id"] = "The seller.",
        ["subscription_id"] = "The subscription.",
    };

    /// <summary>The framework does not find the docs of an enum if every field of it may be null.</summary>
    private static readonly Dictionary<string, string> Enums = new(StringComparer.Ordinal)
    {
        ["CancellationRefund"] = "What a cancellation returns of the current period.",
        ["DisabledBecause"] = "Why nothing is sent to an endpoint.",
        ["DisputeStatus"] = "How the dispute of a chargeback stands.",
        ["RefundTarget"] = "Where refunded money goes.",
        ["TrialChange"] = "What a plan change does to a running trial.",
    };

    public static void Describe(OpenApiDocument document)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema is OpenApiSchema { Description: null } silent) silent.Description = Enums.GetValueOrDefault(name);
            foreach (var (field, value) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>()) Describe(field, value);
        }
    }

    private static void Describe(string name, IOpenApiSchema field)
    {
        // "This or null": what was said about the one belongs to the field.
        if (field is OpenApiSchema { OneOf: { } choices } choice && choice.Description is null)
        {
            foreach (var reference in choices.OfType<OpenApiSchemaReference>())
            {
                choice.Description = reference.Reference.Description;
                reference.Reference.Description = null;
            }
        }

        var words = Same.GetValueOrDefault(name);
        if (field is OpenApiSchemaReference named) named.Reference.Description ??= words;
        else if (field is OpenApiSchema own) own.Description ??= words;
    }
}
