namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// Names under which reasons and codes are counted. Callers can write anything, so names are restricted here to keep free
/// text out of the counters.
/// </summary>
public static class ReasonNames
{
    /// <summary>No reason was given.</summary>
    public const string None = "none";

    /// <summary>The reason is not a code.</summary>
    public const string Other = "other";

    /// <summary>The most characters in a name.</summary>
    public const int LengthMax = 64;

    /// <summary>
    /// The reason in lower case if it is a code (letters, digits and <c>_ . : -</c>), else <see cref="Other"/> or
    /// <see cref="None"/>.
    /// </summary>
    public static string Of(string? reason)
    {
        if (string.IsNullOrEmpty(reason)) return None;
        if (reason.Length > LengthMax) return Other;
        var lower = true;
        foreach (var character in reason)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '.' or ':' or '-')) return Other;
            lower &= !char.IsAsciiLetterUpper(character);
        }

        return lower ? reason : Lowered(reason);
    }

    private static string Lowered(string reason) =>
        string.Create(reason.Length, reason, static (lowered, text) => text.AsSpan().ToLowerInvariant(lowered));
}
