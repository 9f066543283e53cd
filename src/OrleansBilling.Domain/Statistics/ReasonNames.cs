namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// Names under which reasons and codes are counted. What callers write is bounded here, so that nobody fills the
/// counters with prose.
/// </summary>
public static class ReasonNames
{
    /// <summary>Of those who gave none.</summary>
    public const string None = "none";

    /// <summary>Of what is no code.</summary>
    public const string Other = "other";

    /// <summary>The most characters of a name.</summary>
    public const int LengthMax = 64;

    /// <summary>The code itself in lower case, if it is one: letters, digits and <c>_ . : -</c>.</summary>
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
