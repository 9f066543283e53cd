using System.Text.Json.Serialization;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Why a request failed (RFC 9457), with a stable code and, if one field is at fault, its name.</summary>
/// <param name="Type">A URN made from the code.</param>
/// <param name="Title">The code in plain words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable code for programs.</param>
/// <param name="Detail">One sentence for people that says what is wrong.</param>
internal sealed record ProblemDocument(string Type, string Title, int Status, string Code, string Detail)
{
    /// <summary>The dotted path of the field, parameter or header at fault; omitted if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>All faults that were found at once, at most 100. The first is also that of the problem itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FaultDocument>? Errors { get; init; }
}

/// <summary>One fault of a request.</summary>
/// <param name="Code">A stable name of the fault.</param>
/// <param name="Detail">What is wrong, for people.</param>
internal sealed record FaultDocument(string Code, string Detail)
{
    /// <summary>The dotted path of the field at fault; omitted if it is no single field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }
}
