using System.Text.Json.Nodes;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>An operation of the API description.</summary>
internal sealed record DescribedOperation(string Method, string Path, JsonObject Json)
{
    public string Id => (string?)Json["operationId"] ?? $"{Method} {Path} has no operation id";

    public IEnumerable<JsonObject> Parameters => (Json["parameters"]?.AsArray() ?? []).Select(parameter => parameter!.AsObject());

    /// <summary>The media type of the body, with its schema and examples; null without a body.</summary>
    public JsonObject? Body => Json["requestBody"]?["content"]?.AsObject().First().Value!.AsObject();

    public string? BodyType => Json["requestBody"]?["content"]?.AsObject().First().Key;
}

/// <summary>The API description as a client reads it.</summary>
internal sealed class DescribedApi(JsonObject root)
{
    public JsonObject Root => root;

    public JsonObject Schemas => root["components"]!["schemas"]!.AsObject();

    public IReadOnlyList<DescribedOperation> Operations { get; } =
    [
        .. from path in root["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           select new DescribedOperation(method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject()),
    ];

    public static async Task<DescribedApi> ReadAsync(TestGateway gateway) =>
        new(JsonNode.Parse((await gateway.As(null).GetAsync("/openapi/v1.json")).Expect(200).Text)!.AsObject());

    /// <summary>Follows a reference, also of a field that may be null; returns any other schema as it is.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        if (schema["oneOf"] is JsonArray choices && choices.Count == 2 && choices.Any(choice => (string?)choice!["type"] == "null"))
            return Resolve(choices.Single(choice => (string?)choice!["type"] != "null")!.AsObject());
        return schema["$ref"] is { } reference ? Schemas[((string)reference!).Split('/')[^1]]!.AsObject() : schema;
    }

    /// <summary>The type of a schema besides null.</summary>
    public static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(type => (string)type!).First(type => type != "null"),
        { } type => (string)type!,
        null => null,
    };
}
