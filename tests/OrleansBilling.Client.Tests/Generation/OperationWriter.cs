using System.Text.Json.Nodes;

namespace OrleansBilling.Client.Tests.Generation;

/// <summary>Writes the methods of the client.</summary>
internal static class OperationWriter
{
    private const string Last = "CallOptions? options = null, CancellationToken cancellationToken = default";

    public static string WriteClient(JsonObject document, IEnumerable<string> groups)
    {
        var code = new CodeText().Line("namespace OrleansBilling.Client;").Line()
            .Line("public sealed partial class BillingClient").Line("{")
            .Docs("The version of the API that this client was made from.")
            .Line($"public const string ApiVersion = \"{(string)document["info"]!["version"]!}\";");
        foreach (var group in groups) code.Line().Line($"public {group}Client {group} => field ??= new(api);");
        return code.Line("}").ToString();
    }

    public static string WriteGroup(string group, IEnumerable<Operation> operations, SchemaTypes types)
    {
        var code = new CodeText().Line("using System.Text.Json;").Line("using OrleansBilling.Client.Http;").Line()
            .Line("namespace OrleansBilling.Client;").Line()
            .Line($"public sealed partial class {group}Client").Line("{")
            .Line("private readonly ApiTransport api;").Line()
            .Line($"internal {group}Client(ApiTransport api) => this.api = api;");

        foreach (var operation in operations.Where(one => !one.IsWrittenByHand)) WriteOperation(code, operation, types);
        var text = code.Line("}").ToString();
        return text.Contains("JsonSerializer", StringComparison.Ordinal)
            ? text
            : text.Replace("using System.Text.Json;\n", "", StringComparison.Ordinal);
    }

    private static void WriteOperation(CodeText code, Operation operation, SchemaTypes types)
    {
        var parameters = operation.Segments.Select(one => $"{TypeOf(one)} {Names.Camel((string)one["name"]!)}").ToList();
        var body = operation.Body is { } named && types.All[named]["properties"] is JsonObject { Count: > 0 } ? named : null;
        if (body is not null) parameters.Add(operation.IsBodyRequired ? $"{body} body" : $"{body}? body = null");
        if (operation.RequiresQuery) parameters.Add($"{operation.QueryType} query");
        else if (operation.Query.Count > 0) parameters.Add($"{operation.QueryType}? query = null");
        WriteDocs(code, operation);
        if (!operation.IsPaged)
        {
            WriteCall(code, operation, operation.Name, parameters, body);
            return;
        }

        WritePaging(code, operation, parameters, types);
        code.Line().Docs($"One page: {Lower((string)operation.Json["summary"]!)}.");
        WriteCall(code, operation, operation.Name + "Page", parameters, body);
    }

    private static void WriteDocs(CodeText code, Operation operation)
    {
        code.Line().Docs($"{(string)operation.Json["summary"]!}.");
        code.Docs((string?)operation.Json["description"], "remarks");
        foreach (var one in operation.Segments)
            code.Docs((string?)one["description"], "param", $" name=\"{Names.Camel((string)one["name"]!)}\"");
    }

    private static void WriteCall(CodeText code, Operation operation, string name, List<string> parameters, string? body)
    {
        var answer = operation.Answer is { } shown ? $"<{shown}>" : "";
        var end = body is null && !operation.TakesKey ? ")," : ",";
        code.Line($"public Task{answer} {name}Async(")
            .Line($"    {string.Concat(parameters.Select(one => one + ", "))}".TrimEnd()).Line($"    {Last}) =>")
            .Line("    api.SendAsync(")
            .Line("        new ApiRequest(")
            .Line($"            HttpMethod.{Names.Pascal(operation.Method)}, {PathOf(operation)}{end}");
        var last = operation.TakesKey ? ", TakesKey: true)," : "),";
        if (body is not null)
        {
            var bytes = $"JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.{body})";
            code.Line($"            {(operation.IsBodyRequired ? bytes : $"body is null ? null : {bytes}")}{last}");
        }
        else if (operation.TakesKey) code.Line("            TakesKey: true),");

        code.Line($"        options, {(operation.Answer is { } type ? $"ApiJson.Default.{type}, " : "")}cancellationToken);");
    }

    private static void WritePaging(CodeText code, Operation operation, List<string> parameters, SchemaTypes types)
    {
        var entry = SchemaTypes.TypeOf(types.All[operation.Answer!]["properties"]!["data"]!["items"]!.AsObject());
        var segments = string.Concat(operation.Segments.Select(one => Names.Camel((string)one["name"]!) + ", "));
        code.Line($"public IAsyncEnumerable<{entry}> {operation.Name}Async(")
            .Line($"    {string.Concat(parameters.Select(one => one + ", "))}".TrimEnd()).Line($"    {Last}) =>")
            .Line("    Pages.ReadAsync(")
            .Line("        query?.Cursor,")
            .Line($"        (cursor, token) => {operation.Name}PageAsync(")
            .Line($"            {segments}(query ?? new()) with {{ Cursor = cursor }}, options, token),")
            .Line("        page => page.Data, page => page.NextCursor, cancellationToken);");
    }

    private static string PathOf(Operation operation)
    {
        var path = operation.Path;
        foreach (var one in operation.Segments)
        {
            var name = (string)one["name"]!;
            path = path.Replace($"{{{name}}}", $"{{ApiPath.Segment({Names.Camel(name)})}}", StringComparison.Ordinal);
        }

        var text = path == operation.Path ? $"\"{path}\"" : $"$\"{path}\"";
        return operation.Query.Count == 0 ? text
            : operation.RequiresQuery ? $"query.At({text}).ToString()"
            : $"(query ?? new()).At({text}).ToString()";
    }

    private static string TypeOf(JsonObject parameter) => (string?)parameter["schema"]!["type"] == "integer" ? "int" : "string";

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
