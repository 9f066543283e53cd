using System.Text.Json.Serialization;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Why a request was not done (RFC 9457), with a stable code and the field at fault, where one is.</summary>
internal sealed record ProblemDocument(string Type, string Title, int Status, string Code, string Detail)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }
}
