namespace OrleansBilling.Domain.Tests.Money;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("CLP", 0)]
    [InlineData("ISK", 0)]
    [InlineData("BRL", 2)]
    [InlineData("EUR", 2)]
    [InlineData("USD", 2)]
    [InlineData("KWD", 3)]
    [InlineData("TND", 3)]
    [InlineData("CLF", 4)]
    public void A_currency_knows_the_digits_of_its_minor_unit(string code, int exponent)
    {
        Assert.True(Currency.TryParse(code, out var currency));
        Assert.Equal(new Currency(code, exponent), currency);
        Assert.Equal(code, currency.ToString());
    }

    [Theory]
    [InlineData("XXX")]
    [InlineData("brl")]
    [InlineData("BR")]
    [InlineData("REAL")]
    [InlineData("")]
    [InlineData(" BRL")]
    [InlineData(null)]
    public void What_is_no_currency_is_not_taken_for_one(string? code)
    {
        Assert.False(Currency.TryParse(code, out _));
        Assert.Throws<ArgumentException>(() => Currency.Parse(code!));
    }
}
