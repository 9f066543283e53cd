using System.Text.Json.Nodes;

namespace OrleansBilling.Fuzz.Tests.Api;

internal sealed record ApiParameter(string Name, string Place, bool Required, JsonObject Schema);

/// <summary>One method of one path, as the OpenAPI document describes it.</summary>
internal sealed record ApiOperation(
    string Method, string Path, IReadOnlyList<ApiParameter> Parameters, string? ContentType, JsonObject? Body, IReadOnlySet<int> Statuses)
{
    public string Name => $"{Method} {Path}";

    /// <summary>Whether the operation may change anything.</summary>
    public bool Writes => Method != "GET";
}

/// <summary>The OpenAPI document, read as any client would read it.</summary>
internal sealed class ApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    private readonly JsonObject schemas;

    public ApiDocument(string text)
    {
        Root = JsonNode.Parse(text)!.AsObject();
        schemas = Root["components"]!["schemas"]!.AsObject();
        Operations = [.. ReadOperations()];
    }

    public JsonObject Root { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>Follows a reference to a schema; returns any other schema as it is.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        while (schema["$ref"] is { } reference) schema = schemas[((string)reference!)["#/components/schemas/".Length..]]!.AsObject();
        return schema;
    }

    /// <summary>The schema of an operation's answer with this status; null when it has no body.</summary>
    public JsonObject? AnswerSchema(ApiOperation operation, int status, string mediaType)
    {
        var response = Root["paths"]![operation.Path]![operation.Method.ToLowerInvariant()]!["responses"]![$"{status}"];
        return response?["content"]?[mediaType]?["schema"]?.AsObject();
    }

    private IEnumerable<ApiOperation> ReadOperations()
    {
        foreach (var (path, item) in Root["paths"]!.AsObject())
        {
            foreach (var method in Methods)
            {
                if (item![method]?.AsObject() is not { } operation) continue;
                var content = operation["requestBody"]?["content"]?.AsObject();
                var contentType = content?.Select(pair => pair.Key).First();
                yield return new ApiOperation(
                    method.ToUpperInvariant(),
                    path,
                    [.. (operation["parameters"]?.AsArray() ?? []).Select(parameter => ReadParameter(parameter!.AsObject()))],
                    contentType,
                    contentType is null ? null : content![contentType]!["schema"]!.AsObject(),
                    operation["responses"]!.AsObject()
                        .Select(pair => int.Parse(pair.Key, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet());
            }
        }
    }

    private static ApiParameter ReadParameter(JsonObject parameter) => new(
        (string)parameter["name"]!, (string)parameter["in"]!, (bool?)parameter["required"] ?? false, parameter["schema"]!.AsObject());
}
