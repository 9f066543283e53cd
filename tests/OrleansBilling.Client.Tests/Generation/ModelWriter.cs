using System.Text.Json.Nodes;

namespace OrleansBilling.Client.Tests.Generation;

/// <summary>Writes records and enums.</summary>
internal static class ModelWriter
{
    private static readonly string[] Values = ["int", "long", "Int128", "decimal", "bool", "DateTimeOffset", "DateOnly", "JsonElement"];

    public static string WriteEnums(SchemaTypes types)
    {
        var code = new CodeText().Line("using System.Text.Json.Serialization;").Line("using OrleansBilling.Client.Http;").Line()
            .Line("namespace OrleansBilling.Client;");
        foreach (var (name, schema) in types.All.Where(pair => SchemaTypes.IsNames(pair.Value)))
        {
            var values = schema["enum"]!.AsArray().Select(value => (string)value!).ToList();
            code.Line().Docs((string?)schema["description"] ?? $"The values of {name}.");
            if (SchemaTypes.IsOpen(name)) WriteConstants(code, name, values);
            else WriteEnum(code, name, values);
        }

        return code.ToString();
    }

    public static string WriteRecords(SchemaTypes types, Predicate<string> isWanted)
    {
        var code = new CodeText().Line("using System.Text.Json;").Line("using System.Text.Json.Serialization;").Line()
            .Line("namespace OrleansBilling.Client;");
        foreach (var name in types.Records.Where(name => isWanted(name))) WriteRecord(code, types, name, types.All[name]);
        var text = code.ToString();
        if (!text.Contains("JsonElement", StringComparison.Ordinal))
            text = text.Replace("using System.Text.Json;\n", "", StringComparison.Ordinal);
        return text.Contains("[Json", StringComparison.Ordinal)
            ? text
            : text.Replace("using System.Text.Json.Serialization;\n", "", StringComparison.Ordinal);
    }

    private static void WriteConstants(CodeText code, string name, List<string> values)
    {
        code.Line($"public static class {name}").Line("{");
        foreach (var value in values) code.Line($"public const string {Names.Pascal(value)} = \"{value}\";");
        code.Line("}");
    }

    private static void WriteEnum(CodeText code, string name, List<string> values)
    {
        if (values.Find(value => !Names.IsFound(Names.Pascal(value), value)) is { } odd)
            throw new NotSupportedException($"{name} {odd} cannot be a name.");
        code.Line($"[JsonConverter(typeof(NameConverter<{name}>))]").Line($"public enum {name}").Line("{")
            .Line("/// <summary>A value that is newer than this version of the client.</summary>").Line("Unrecognized = 0,");
        foreach (var value in values) code.Line($"{Names.Pascal(value)},");
        code.Line("}");
    }

    private static void WriteRecord(CodeText code, SchemaTypes types, string name, JsonObject schema)
    {
        code.Line().Docs((string?)schema["description"]);
        var choices = SchemaTypes.Choices(schema);
        if (choices.Count > 0)
        {
            code.Line($"[JsonPolymorphic(TypeDiscriminatorPropertyName = \"{(string)schema["discriminator"]!["propertyName"]!}\")]");
            foreach (var (value, choice) in choices) code.Line($"[JsonDerivedType(typeof({choice}), \"{value}\")]");
            code.Line($"public abstract record {name};");
            return;
        }

        code.Line($"public sealed record {name}{(types.BaseOf(name) is { } known ? $" : {known}" : "")}").Line("{");
        var required = (schema["required"]?.AsArray() ?? []).Select(field => (string)field!).ToHashSet(StringComparer.Ordinal);
        var isFirst = true;
        foreach (var (field, value) in schema["properties"]?.AsObject() ?? [])
        {
            // What tells the choices apart is written by the serializer.
            if (value!["const"] is not null) continue;
            if (!isFirst) code.Line();
            isFirst = false;
            WriteProperty(code, types, name, field, value.AsObject(), required.Contains(field));
        }

        code.Line("}");
    }

    private static void WriteProperty(CodeText code, SchemaTypes types, string owner, string field, JsonObject schema, bool isRequired)
    {
        code.Docs((string?)schema["description"]);
        var type = SchemaTypes.TypeOf(schema);
        var mayBeNull = SchemaTypes.MayBeNull(schema) || !isRequired;
        var isSent = types.Sent.Contains(owner);
        var name = Names.Pascal(field) == owner ? Names.Pascal(field) + "Value" : Names.Pascal(field);
        if (!Names.IsFound(name, field)) code.Line($"[JsonPropertyName(\"{field}\")]");
        var isValue = Values.Contains(type) || (types.All.TryGetValue(type, out var named) && SchemaTypes.IsNames(named));
        var start = mayBeNull || isSent || isValue ? ""
            : type.StartsWith("IReadOnlyList", StringComparison.Ordinal) ? " = [];"
            : type == "string" ? " = \"\";" : " = null!;";
        var must = isSent && isRequired && !mayBeNull ? "required " : "";
        code.Line($"public {must}{type}{(mayBeNull ? "?" : "")} {name} {{ get; init; }}{start}");
    }
}
