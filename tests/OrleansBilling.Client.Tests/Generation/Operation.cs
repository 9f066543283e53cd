using System.Text.Json.Nodes;

namespace OrleansBilling.Client.Tests.Generation;

/// <summary>An operation of the document.</summary>
/// <param name="Group">What it belongs to, such as Subscriptions: one class of the client.</param>
/// <param name="Name">What it does, such as ChangePlan: its method.</param>
internal sealed record Operation(string Method, string Path, string Group, string Name, JsonObject Json)
{
    private readonly List<JsonObject> parameters = [.. (Json["parameters"]?.AsArray() ?? []).Select(one => one!.AsObject())];

    public IEnumerable<JsonObject> Segments => parameters.Where(one => (string)one["in"]! == "path");

    public IReadOnlyList<JsonObject> Query => [.. parameters.Where(one => (string)one["in"]! == "query")];

    public bool RequiresQuery => Query.Any(IsRequired);

    /// <summary>Whether a parameter must be given.</summary>
    public static bool IsRequired(JsonObject parameter) => (bool?)parameter["required"] == true;

    public string QueryType => $"{Group}{Name}Query";

    public bool TakesKey => parameters.Any(one => (string)one["name"]! == "Idempotency-Key");

    /// <summary>Whether what it takes or answers is a stream of lines or a picture.</summary>
    public bool IsWrittenByHand =>
        TypesOf(Json["requestBody"]).Concat(Json["responses"]!.AsObject().SelectMany(answer => TypesOf(answer.Value)))
            .Any(type => type == "application/x-ndjson" || type.StartsWith("image/", StringComparison.Ordinal));

    public string? Body => NameIn(Json["requestBody"]?["content"]?["application/json"]);

    public bool IsBodyRequired => (bool?)Json["requestBody"]?["required"] ?? false;

    public string? Answer => NameIn(Json["responses"]!.AsObject().First(pair => pair.Key[0] == '2').Value!["content"]?["application/json"]);

    public bool IsPaged => Query.Any(one => (string)one["name"]! == "cursor");

    public static List<Operation> ListOf(JsonObject document) =>
    [
        .. from path in document["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           select Of(method.Key, path.Key, method.Value!.AsObject()),
    ];

    /// <summary>The id begins with the first part of the path: <c>api_keys_create</c> is POST /v1/api-keys.</summary>
    private static Operation Of(string method, string path, JsonObject json)
    {
        var id = (string)json["operationId"]!;
        var thing = path.Replace("/v1/", "/", StringComparison.Ordinal).Split('/')[1].Replace('-', '_');
        var group = thing.Length > 0 && id.StartsWith(thing + "_", StringComparison.Ordinal) ? thing : id.Split('_')[0];
        return new Operation(method, path, Names.Pascal(group), Names.Pascal(id[(group.Length + 1)..]), json);
    }

    private static IEnumerable<string> TypesOf(JsonNode? message) => (message?["content"]?.AsObject() ?? []).Select(pair => pair.Key);

    private static string? NameIn(JsonNode? media) => (string?)media?["schema"]?["$ref"] is { } reference
        ? SchemaTypes.NameOf(reference)
        : null;
}
