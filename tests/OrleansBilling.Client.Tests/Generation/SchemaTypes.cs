using System.Text.Json.Nodes;

namespace OrleansBilling.Client.Tests.Generation;

/// <summary>The schemas of the document, and the types of C# that show them.</summary>
internal sealed class SchemaTypes
{
    private const string Reference = "#/components/schemas/";

    /// <summary>Names of which there may be more tomorrow, and which programs hand on: constants instead of an enum.</summary>
    private static readonly string[] Open = ["ErrorCode", "EventType", "FeedEventType"];

    private readonly Dictionary<string, string> bases = new(StringComparer.Ordinal);

    public SchemaTypes(JsonObject document)
    {
        All = new SortedDictionary<string, JsonObject>(
            document["components"]!["schemas"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.AsObject()),
            StringComparer.Ordinal);
        Sent = Reach(document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!["requestBody"]).OfType<JsonNode>());
        foreach (var (name, schema) in All)
        {
            foreach (var choice in Choices(schema).Values) bases[choice] = name;
        }
    }

    public SortedDictionary<string, JsonObject> All { get; }

    /// <summary>The schemas of what is sent. They may be received too.</summary>
    public HashSet<string> Sent { get; }

    public IEnumerable<string> Records => All.Where(pair => !IsNames(pair.Value)).Select(pair => pair.Key);

    public string? BaseOf(string name) => bases.GetValueOrDefault(name);

    public static bool IsNames(JsonObject schema) => schema["enum"] is not null;

    public static bool IsOpen(string name) => Open.Contains(name);

    /// <summary>The schemas of which it is one, by the value that tells them apart; empty for any other schema.</summary>
    public static SortedDictionary<string, string> Choices(JsonObject schema) => new(
        (schema["discriminator"]?["mapping"]?.AsObject() ?? []).ToDictionary(pair => pair.Key, pair => NameOf((string)pair.Value!)),
        StringComparer.Ordinal);

    public static string NameOf(string reference) => reference[(reference.LastIndexOf('/') + 1)..];

    public static bool MayBeNull(JsonObject schema) =>
        (schema["type"] is JsonArray types && types.Any(type => (string)type! == "null")) ||
        (schema["oneOf"] is JsonArray choices && choices.Any(choice => (string?)choice!["type"] == "null"));

    /// <summary>The type without a question mark.</summary>
    public static string TypeOf(JsonObject schema)
    {
        if ((string?)schema["$ref"] is { } reference) return IsOpen(NameOf(reference)) ? "string" : NameOf(reference);
        if (schema["oneOf"] is JsonArray choices)
            return TypeOf(choices.Single(choice => (string?)choice!["type"] != "null")!.AsObject());
        var kind = schema["type"] is JsonArray types ? types.Select(type => (string)type!).Single(type => type != "null")
            : (string?)schema["type"];
        return (kind, (string?)schema["format"]) switch
        {
            ("string", "date-time") => "DateTimeOffset",
            ("string", "date") => "DateOnly",
            ("string", _) => "string",
            ("integer", "int32") => "int",
            ("integer", "int64") => "long",
            ("integer", _) => "Int128",
            ("number", _) => "decimal",
            ("boolean", _) => "bool",
            ("array", _) => $"IReadOnlyList<{TypeOf(schema["items"]!.AsObject())}>",
            ("object", _) when schema["additionalProperties"] is JsonObject value =>
                $"IReadOnlyDictionary<string, {TypeOf(value)}{(MayBeNull(value) ? "?" : "")}>",
            ("object", _) when schema["properties"] is null => "JsonElement",
            _ => throw new NotSupportedException($"No type shows {schema.ToJsonString()}."),
        };
    }

    private HashSet<string> Reach(IEnumerable<JsonNode> roots)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonNode>(roots);
        while (open.TryPop(out var node))
        {
            foreach (var value in node is JsonObject some ? some.Select(pair => pair.Value) : node is JsonArray list ? list : [])
            {
                if (value is JsonObject or JsonArray) open.Push(value);
                else if (value is JsonValue text && text.TryGetValue<string>(out var reference) &&
                    reference.StartsWith(Reference, StringComparison.Ordinal) && reached.Add(NameOf(reference)))
                    open.Push(All[NameOf(reference)]);
            }
        }

        return reached;
    }
}
