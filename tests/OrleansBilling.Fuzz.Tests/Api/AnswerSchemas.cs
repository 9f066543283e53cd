using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace OrleansBilling.Fuzz.Tests.Api;

/// <summary>Checks answers against their schemas (JSON Schema 2020-12, as OpenAPI 3.1 uses it).</summary>
internal sealed class AnswerSchemas(ApiDocument document)
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly Dictionary<string, JsonSchema> schemas = new(StringComparer.Ordinal);

    /// <summary>The first mismatch; null when the answer matches.</summary>
    public string? Mismatch(JsonObject schema, JsonElement answer)
    {
        var result = SchemaOf(schema).Evaluate(answer, Options);
        if (result.IsValid) return null;
        var errors = (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value}"));
        return string.Join("; ", errors.Take(5));
    }

    private JsonSchema SchemaOf(JsonObject schema)
    {
        var text = schema.ToJsonString();
        if (schemas.TryGetValue(text, out var known)) return known;
        var whole = schema.DeepClone().AsObject();
        whole["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        whole["components"] = document.Root["components"]!.DeepClone();
        RemoveForeignWords(whole);
        return schemas[text] = JsonSchema.FromText(whole.ToJsonString());
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
