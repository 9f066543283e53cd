using System.Text.Json.Nodes;

namespace OrleansBilling.Client.Tests.Generation;

/// <summary>Writes the records of query parameters.</summary>
internal static class QueryWriter
{
    public static string Write(IEnumerable<Operation> operations)
    {
        var code = new CodeText().Line("using OrleansBilling.Client.Http;").Line().Line("namespace OrleansBilling.Client;");
        foreach (var operation in operations.Where(one => one.Query.Count > 0).OrderBy(one => one.QueryType, StringComparer.Ordinal))
        {
            code.Line().Line($"/// <summary>Parameters of <see cref=\"{operation.Group}Client.{operation.Name}Async\"/>.</summary>")
                .Line($"public sealed record {operation.QueryType}").Line("{");
            foreach (var one in operation.Query)
            {
                code.Docs((string?)one["description"])
                    .Line($"public {WrittenType(one)} {Names.Pascal((string)one["name"]!)} {{ get; init; }}").Line();
            }

            code.Line("internal ApiPath At(string path) => new ApiPath(path)");
            var last = operation.Query[^1];
            foreach (var one in operation.Query)
            {
                var name = (string)one["name"]!;
                code.Line($"    .Add(\"{name}\", {Names.Pascal(name)}){(one == last ? ";" : "")}");
            }

            code.Line("}");
        }

        return code.ToString();
    }

    private static string WrittenType(JsonObject parameter)
    {
        var type = TypeOf(parameter["schema"]!.AsObject());
        return Operation.IsRequired(parameter) ? $"required {type}" : $"{type}?";
    }

    private static string TypeOf(JsonObject schema) => ((string?)schema["type"], (string?)schema["format"]) switch
    {
        ("integer", _) => "int",
        ("string", "date-time") => "DateTimeOffset",
        ("string", "date") => "DateOnly",
        ("object", _) => "IReadOnlyDictionary<string, string>",
        _ => "string",
    };
}
