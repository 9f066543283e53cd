using System.Text;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// By what a customer's name is found: the beginning of any word, and what follows it. "Maria da Silva" has the words "maria da silva",
/// "da silva" and "silva". Case and the number of spaces do not matter.
/// </summary>
public static class CustomerNames
{
    /// <summary>The most words of a name by which it is found.</summary>
    public const int WordsMax = 16;

    /// <summary>The rest of the name from the beginning of each of its first words.</summary>
    public static IReadOnlyList<string> WordsOf(string? name)
    {
        if (name is null) return [];
        var text = Fold(name);
        var words = new List<string>();
        var within = false;
        for (var at = 0; at < text.Length && words.Count < WordsMax; at++)
        {
            if (char.IsLowSurrogate(text[at])) continue;
            var isPart = char.IsLetterOrDigit(text, at);
            if (isPart && !within) words.Add(text[at..]);
            within = isPart;
        }

        return [.. words.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a name has a word that begins so.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="start">A text that is folded.</param>
    public static bool HasWord(string? name, string start) => WordsOf(name).Any(word => word.StartsWith(start, StringComparison.Ordinal));

    /// <summary>The text in lower case, with single spaces.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
        {
            if (!char.IsWhiteSpace(c)) folded.Append(c);
            else if (folded[^1] != ' ') folded.Append(' ');
        }

        return folded.ToString().ToLowerInvariant();
    }
}
