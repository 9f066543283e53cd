using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>Checks values against the schemas of the API description (JSON Schema 2020-12, as OpenAPI 3.1 uses it).</summary>
/// <param name="named">The schemas that others refer to, by name.</param>
internal sealed class JsonSchemas(JsonObject named)
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly Dictionary<string, JsonSchema> known = new(StringComparer.Ordinal);

    /// <summary>What does not match; null if all does.</summary>
    public string? Mismatch(JsonNode schema, JsonNode? value)
    {
        using var text = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        return Mismatch(schema, text.RootElement);
    }

    /// <inheritdoc cref="Mismatch(JsonNode, JsonNode?)"/>
    public string? Mismatch(JsonNode schema, JsonElement value)
    {
        var result = SchemaOf(schema).Evaluate(value, Options);
        if (result.IsValid) return null;
        var errors = (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value}"));
        return string.Join("; ", errors.Take(5));
    }

    /// <summary>A document with the schema and what it refers to.</summary>
    private JsonSchema SchemaOf(JsonNode schema)
    {
        var text = schema.ToJsonString();
        if (known.TryGetValue(text, out var made)) return made;
        var needed = new JsonObject();
        Collect(schema, needed);
        var whole = schema.DeepClone().AsObject();
        whole["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        whole["components"] = new JsonObject { ["schemas"] = needed };
        RemoveForeignWords(whole);
        return known[text] = JsonSchema.FromText(whole.ToJsonString());
    }

    private void Collect(JsonNode? node, JsonObject needed)
    {
        if (node is JsonArray list)
        {
            foreach (var entry in list) Collect(entry, needed);
        }
        else if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields)
            {
                if (name != "$ref") Collect(value, needed);
                else if (((string)value!).Split('/')[^1] is var referred && needed.TryAdd(referred, named[referred]!.DeepClone()))
                    Collect(named[referred], needed);
            }
        }
    }

    /// <summary>Removes words of OpenAPI that are not words of JSON Schema.</summary>
    private static void RemoveForeignWords(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var entry in list) RemoveForeignWords(entry);
        }
        else if (node is JsonObject fields)
        {
            foreach (var name in fields.Select(field => field.Key).ToList())
            {
                if (name == "discriminator" || name.StartsWith("x-", StringComparison.Ordinal)) fields.Remove(name);
                else RemoveForeignWords(fields[name]);
            }
        }
    }
}
