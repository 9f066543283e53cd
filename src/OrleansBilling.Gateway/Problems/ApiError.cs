
namespace OrleansBilling.Gateway.Problems;

/// <summary>Why a request failed, as the caller reads it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Field">The dotted path of the field at fault, if any.</param>
/// <param name="RetryAfterSeconds">When to retry, if waiting helps.</param>
internal sealed record ApiError(int Status, string Code, string Detail, string? Field = null, int? RetryAfterSeconds = null)
{
    private const int FieldCharactersMax = 100;

    /// <summary>The dotted path of the field at fault, truncated because it may repeat a name that the caller made up.</summary>
    public string? Field { get; } = Field?.Length > FieldCharactersMax ? string.Concat(Field.AsSpan(0, FieldCharactersMax), "…") : Field;

    /// <summary>All faults of the request, of which this error is the first; null if nobody looked for more.</summary>
    public IReadOnlyList<ApiError>? Faults { get; init; }

    /// <summary>The code in plain words.</summary>
    public string Title => string.Concat(char.ToUpperInvariant(Code[0]).ToString(), Code.AsSpan(1).ToString().Replace('_', ' '));
}
