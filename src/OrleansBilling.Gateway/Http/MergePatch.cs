using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>A patched thing as a request that would create it.</summary>
/// <param name="Body">The request; null if the patch makes it malformed.</param>
/// <param name="Malformed">Why it is malformed.</param>
/// <param name="Changes">The error if the patch changes what stays; to be told if nothing else is wrong.</param>
internal sealed record Patched<TBody>(TBody? Body, ApiError? Malformed, ApiError? Changes)
    where TBody : class;

/// <summary>JSON merge patches (RFC 7396).</summary>
internal static class MergePatch
{
    /// <summary>Patches the present content. The result is to be checked like a request of its own.</summary>
    /// <param name="present">The present content, in the fields of <typeparamref name="TBody"/>.</param>
    /// <param name="fixedFields">Fields that may be repeated but not changed.</param>
    public static Patched<TBody> Apply<TBody>(
        JsonObject present, byte[] patch, JsonTypeInfo<TBody> type, IReadOnlyList<string> fixedFields)
        where TBody : class
    {
        var asked = JsonNode.Parse(patch)!.AsObject();
        var patched = (JsonObject)Merge(present.DeepClone(), asked)!;
        var check = new Check();
        foreach (var name in fixedFields)
        {
            if (asked.ContainsKey(name) && !JsonNode.DeepEquals(Filled(patched[name]), Filled(present[name])))
                check.Fail(new ApiError(422, "immutable", $"{name} cannot be changed.", name));
        }

        JsonBody.TryParse(Encoding.UTF8.GetBytes(patched.ToJsonString()), type, out var body, out var malformed);
        return new(body, malformed, check.Error);
    }

    /// <summary>Whether the patch names the field, be it with null.</summary>
    /// <param name="patch">A JSON object that was parsed before.</param>
    public static bool Names(ReadOnlySpan<byte> patch, string field)
    {
        var reader = new Utf8JsonReader(patch);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(field)) return true;
            reader.Skip();
        }

        return false;
    }

    /// <summary>An empty list says the same as none.</summary>
    private static JsonNode? Filled(JsonNode? node) => node is JsonArray { Count: 0 } ? null : node;

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var merged = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null) merged.Remove(name);
            else
            {
                var before = merged[name];
                merged.Remove(name);
                merged[name] = Merge(before, value);
            }
        }

        return merged;
    }
}
