namespace OrleansBilling.Client.Tests.Generation;

/// <summary>Writes the serializer's context, which needs no reflection.</summary>
internal static class ContextWriter
{
    public static string Write(SchemaTypes types)
    {
        var code = new CodeText().Line("using System.Text.Json.Serialization;").Line().Line("namespace OrleansBilling.Client;").Line();
        foreach (var name in types.Records) code.Line($"[JsonSerializable(typeof({name}))]");
        return code
            .Line("[JsonSourceGenerationOptions(")
            .Line("    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,")
            .Line("    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]")
            .Line("internal sealed partial class ApiJson : JsonSerializerContext;").ToString();
    }
}
