
namespace OrleansBilling.Gateway.Problems;

/// <summary>Why a request is not done, as the caller will read it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Field">Dotted path of the field at fault, where one is.</param>
/// <param name="RetryAfterSeconds">When it may go, where waiting helps.</param>
internal sealed record ApiError(int Status, string Code, string Detail, string? Field = null, int? RetryAfterSeconds = null)
{
    private const int FieldCharactersMax = 100;

    /// <summary>Dotted path of the field at fault; cut short where it repeats what the caller made up.</summary>
    public string? Field { get; } = Field?.Length > FieldCharactersMax ? string.Concat(Field.AsSpan(0, FieldCharactersMax), "…") : Field;

    /// <summary>The code in plain words.</summary>
    public string Title => string.Concat(char.ToUpperInvariant(Code[0]).ToString(), Code.AsSpan(1).ToString().Replace('_', ' '));
}
