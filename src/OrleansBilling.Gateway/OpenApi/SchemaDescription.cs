using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>Describes the types that have their own converters.</summary>
internal static class SchemaDescription
{
    /// <summary>Schemas are named in the API's own words. Types that are only a format get no name.</summary>
    public static string? ReferenceIdOf(JsonTypeInfo type)
    {
        var bare = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (bare == typeof(Instant) || bare == typeof(LocalDate) || bare == typeof(RawJson) || bare == typeof(Int128) ||
            bare == typeof(Percent)) return null;
        return OpenApiOptions.CreateDefaultSchemaReferenceId(type)?.Replace("Document", "", StringComparison.Ordinal);
    }

    public static Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var declared = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var orNull = declared == type ? default : JsonSchemaType.Null;
        schema.Description = Unwrap(schema.Description);
        if (type == typeof(Instant)) Describe(schema, JsonSchemaType.String | orNull, "date-time");
        else if (type == typeof(LocalDate)) Describe(schema, JsonSchemaType.String | orNull, "date");
        else if (type == typeof(Percent)) Describe(schema, JsonSchemaType.Number | orNull, null);
        else if (type == typeof(Int128)) DescribeSum(schema, orNull);
        else if (type == typeof(RawJson)) Describe(schema, JsonSchemaType.Object, null);
        else if (type.IsEnum)
        {
            // Never null itself: a field that may be null says "null, or this enum". Generators make empty classes of nullable enums.
            Describe(schema, JsonSchemaType.String, null);
            schema.Enum = [.. EnumNames.Of(type).Select(name => (JsonNode)name)];
        }
        else if (schema.Items is null && context.JsonTypeInfo.ElementType is { IsEnum: true } entry) schema.Items = EntryOf(entry);

        if (context.JsonPropertyInfo?.AttributeProvider is { } field)
            ConstraintDescription.Apply(schema, field.GetCustomAttributes(typeof(FieldRuleAttribute), true).Cast<FieldRuleAttribute>());

        // Requests accept no unknown fields; answers may gain fields.
        if (!type.Name.EndsWith("Body", StringComparison.Ordinal) && !type.Name.EndsWith("Line", StringComparison.Ordinal))
            schema.AdditionalPropertiesAllowed = true;
        return Task.CompletedTask;
    }

    /// <summary>XML docs come with their line breaks and indents.</summary>
    private static string? Unwrap(string? text) =>
        text is null ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Sums across subscriptions have no format, because no JSON Schema format is wide enough.</summary>
    private static void DescribeSum(OpenApiSchema schema, JsonSchemaType orNull)
    {
        Describe(schema, JsonSchemaType.Integer | orNull, null);
        schema.Pattern = null;

        // What the field means comes first.
        var meaning = schema.Description is { } said ? $"{said} " : "";
        schema.Description =
            $"{meaning}A sum across subscriptions: an exact integer, which may exceed 2^53 and 2^63. Use a parser that keeps all digits.";
    }

    /// <summary>The framework does not describe the entries of a list of enums.</summary>
    private static OpenApiSchema EntryOf(Type type) => new()
    {
        Type = JsonSchemaType.String, Enum = [.. EnumNames.Of(type).Select(name => (JsonNode)name)],
    };

    private static void Describe(OpenApiSchema schema, JsonSchemaType type, string? format)
    {
        schema.Type = type;
        schema.Format = format;
        schema.Properties = null;
        schema.Required = null;
    }
}
