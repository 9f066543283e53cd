using System.Text.Json.Nodes;

namespace OrleansBilling.Client.Tests.Generation;

/// <summary>
/// Writes src/OrleansBilling.Client/Generated from the OpenAPI document. We keep our own small generator because those that exist
/// fail on what this API promises: sums beyond 64 bits, answers that may gain fields, enums that may gain values.
/// </summary>
internal static class ClientGenerator
{
    private const string Head = "// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.\n";

    /// <summary>The files by their names.</summary>
    public static SortedDictionary<string, string> Generate(JsonObject document)
    {
        var types = new SchemaTypes(document);
        var operations = Operation.ListOf(document);
        var groups = operations.GroupBy(operation => operation.Group, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["ApiJson.cs"] = ContextWriter.Write(types),
            ["BillingClient.cs"] = OperationWriter.WriteClient(document, groups.Select(group => group.Key)),
            ["Enums.cs"] = ModelWriter.WriteEnums(types),
            ["Bodies.cs"] = ModelWriter.WriteRecords(types, types.Sent.Contains),
            ["Answers.cs"] = ModelWriter.WriteRecords(types, name => !types.Sent.Contains(name)),
            ["Queries.cs"] = QueryWriter.Write(operations),
        };
        foreach (var group in groups) files[$"{group.Key}Client.cs"] = OperationWriter.WriteGroup(group.Key, group, types);
        foreach (var (name, text) in files.ToList()) files[name] = Head + text;
        return files;
    }
}
