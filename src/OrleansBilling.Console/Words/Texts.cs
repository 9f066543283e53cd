using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace OrleansBilling.Console.Words;

/// <summary>The words of the pages in one language. They are embedded JSON files with the same keys; a test compares them.</summary>
public sealed class Texts
{
    private static readonly FrozenDictionary<string, Texts> ByTag = Language.All.ToFrozenDictionary(one => one.Tag, one => new Texts(one));

    private readonly FrozenDictionary<string, string> words;

    private Texts(Language language)
    {
        Language = language;
        using var stream = typeof(Texts).Assembly.GetManifestResourceStream($"words/{language.Tag}.json")
            ?? throw new InvalidOperationException($"The words of {language.Tag} are missing.");
        words = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public Language Language { get; }

    public IEnumerable<string> Keys => words.Keys;

    public static Texts Of(Language language) => ByTag[language.Tag];

    /// <summary>A text; its key if there is none, which a test prevents.</summary>
    public string this[string key] => words.GetValueOrDefault(key, key);

    public string this[string key, params object?[] values] => string.Format(CultureInfo.InvariantCulture, this[key], values);

    public bool Has(string key) => words.ContainsKey(key);
}
