using System.Text.Json.Serialization;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Why a request failed (RFC 9457), with a stable code and, if one field is at fault, its name.</summary>
internal sealed record ProblemDocument(string Type, string Title, int Status, string Code, string Detail)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }
}
