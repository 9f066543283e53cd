using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Runtime.Tests;

/// <summary>By what a customer's name is found.</summary>
public sealed class CustomerNamesTests
{
    [Theory]
    [InlineData("Maria da Silva", "maria da silva|da silva|silva")]
    [InlineData("  ÉMILE \t O'Brien-Smith ", "émile o'brien-smith|o'brien-smith|brien-smith|smith")]
    [InlineData("李 小龙", "李 小龙|小龙")]
    [InlineData("Studio 54 (Rio)", "studio 54 (rio)|54 (rio)|rio)")]
    [InlineData("aa aa", "aa aa|aa")]
    [InlineData("𝒜lice", "𝒜lice")]
    [InlineData("-- ", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Each_word_begins_the_rest_of_the_name(string? name, string words) =>
        Assert.Equal(words, string.Join('|', CustomerNames.WordsOf(name)));

    [Fact]
    public void Only_the_first_words_of_a_long_name_count() =>
        Assert.Equal(CustomerNames.WordsMax, CustomerNames.WordsOf(string.Join(' ', Enumerable.Range(0, 90))).Count);

    [Fact]
    public void A_word_is_compared_from_its_beginning()
    {
        Assert.True(CustomerNames.HasWord("Maria da Silva", "da si"));
        Assert.False(CustomerNames.HasWord("Maria da Silva", "ilva"));
        Assert.False(CustomerNames.HasWord(null, "a"));
    }
}
