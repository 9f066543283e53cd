using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>Describes texts that are one of many names: the codes of errors and the types of events.</summary>
internal static class CodeDescription
{
    public static void Describe(OpenApiDocument document)
    {
        Add(document, "ErrorCode", "Why a request failed. Codes never change their meaning; new ones may be added.", ErrorCodes.All);
        Add(
            document, "EventType", "What happened to a subscription. Types never change their meaning; new ones may be added.",
            [.. SubscriptionCodec.EventNames.Order(StringComparer.Ordinal)]);
        Name(document, "Problem", "code", "ErrorCode");
        Name(document, "Fault", "code", "ErrorCode");
        Name(document, "BulkError", "code", "ErrorCode");
        Name(document, "Event", "type", "EventType");

        // Generated clients show this text as the message of their exceptions.
        if (document.Components!.Schemas!["Problem"].Properties!["detail"] is OpenApiSchema detail)
            (detail.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal))["x-ms-primary-error-message"] =
                new JsonNodeExtension(JsonValue.Create(true));
    }

    private static void Add(OpenApiDocument document, string name, string description, IReadOnlyList<string> codes) =>
        document.AddComponent<IOpenApiSchema>(name, new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = description,
            Enum = [.. codes.Select(code => (JsonNode)code)],
        });

    private static void Name(OpenApiDocument document, string schema, string field, string codes)
    {
        var fields = document.Components!.Schemas![schema].Properties!;
        fields[field] = new OpenApiSchemaReference(codes, document) { Description = fields[field].Description };
    }
}
