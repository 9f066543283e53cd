using System.Net.Http.Headers;
using System.Text.Json;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>A response of the gateway.</summary>
internal sealed record Reply(int Status, string Text, HttpResponseHeaders Headers, string? ContentType)
{
    public JsonElement Json { get; } = Text.Length > 0 && ContentType?.Contains("json", StringComparison.Ordinal) == true &&
        !ContentType.Contains("ndjson", StringComparison.Ordinal)
        ? JsonDocument.Parse(Text).RootElement
        : default;

    public byte[] Bytes { get; init; } = [];

    public string? Code => Json.GetProperty("code").GetString();

    public string? Field => Json.TryGetProperty("field", out var named) ? named.GetString() : null;

    public bool Replayed => Headers.Contains("Idempotent-Replayed");

    public string? String(string name) => Json.GetProperty(name).GetString();

    public long Number(string name) => Json.GetProperty(name).GetInt64();

    public bool IsNull(string name) => Json.GetProperty(name).ValueKind == JsonValueKind.Null;

    public JsonElement.ArrayEnumerator Data => Json.GetProperty("data").EnumerateArray();

    /// <summary>Checks the status and returns the reply.</summary>
    public Reply Expect(int status)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}: {Text}");
        return this;
    }

    /// <summary>Checks an error and the fields that every error has.</summary>
    public Reply ExpectProblem(int status, string code, string? field = null)
    {
        Expect(status);
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(code, Code);
        Assert.Equal(field, Field);
        Assert.Equal(status, Number("status"));
        Assert.Equal($"urn:orleans-billing:{code}", String("type"));
        Assert.False(string.IsNullOrWhiteSpace(String("title")));
        Assert.False(string.IsNullOrWhiteSpace(String("detail")));
        return this;
    }
}
