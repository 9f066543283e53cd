using System.Text.Json;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>Lines of POST /v1/commands and their answers.</summary>
internal static class BulkStreams
{
    public static string Line(string type, string id, string fields = "") =>
        $"{{\"type\":\"{type}\",\"subscription_id\":\"{id}\"{(fields.Length > 0 ? "," : "")}{fields}}}";

    public static List<JsonElement> Answers(Reply reply) =>
        [.. reply.Expect(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public static int Status(JsonElement answer) => answer.GetProperty("status").GetInt32();

    public static string? Code(JsonElement answer) =>
        answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;
}
