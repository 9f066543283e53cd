using System.Text.RegularExpressions;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Tests;

/// <summary>The languages say the same, and write numbers and dates in their own way.</summary>
public sealed partial class WordsTests
{
    public static TheoryData<string> Tags => [.. Language.All.Select(language => language.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Each_language_has_all_texts_with_the_same_places(string tag)
    {
        var (english, texts) = (Texts.Of(Language.English), Texts.Of(Language.Find(tag)!));
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Keys, key => Assert.Equal(PlacesOf(english[key]), PlacesOf(texts[key])));

        static IEnumerable<string> PlacesOf(string text) =>
            Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("en", "−US$\u00a01,234,567.89", "12.34%", "Mar 5, 2026", "R$\u00a00.05")]
    [InlineData("pt-BR", "−US$\u00a01.234.567,89", "12,34%", "5 mar 2026", "R$\u00a00,05")]
    [InlineData("es", "−1.234.567,89\u00a0US$", "12,34\u00a0%", "5 mar 2026", "0,05\u00a0R$")]
    [InlineData("fr", "−1\u202f234\u202f567,89\u00a0US$", "12,34\u00a0%", "5 mars 2026", "0,05\u00a0R$")]
    public void Money_shares_and_days_are_written_by_locale(string tag, string money, string share, string day, string cents)
    {
        var texts = Texts.Of(Language.Find(tag)!);
        Assert.Equal(money, texts.Money(-123_456_789, "USD"));
        Assert.Equal(share, texts.Share(0.1234m));
        Assert.Equal(day, texts.Day(new DateOnly(2026, 3, 5)));
        Assert.Equal(cents, texts.Money(5, "BRL"));
        Assert.Equal(Int128.MaxValue.ToString(), string.Concat(texts.Number(Int128.MaxValue).Where(char.IsDigit)));
    }

    [Theory]
    [InlineData("pt-PT,pt;q=0.9", "pt-BR")]
    [InlineData("de, fr-CA;q=0.8, en;q=0.5", "fr")]
    [InlineData("de", "en")]
    [InlineData(null, "en")]
    public void The_first_language_that_there_is_is_preferred(string? header, string tag) =>
        Assert.Equal(tag, Language.Preferred(header).Tag);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
