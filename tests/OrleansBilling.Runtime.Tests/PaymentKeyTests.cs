using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.Runtime.Tests;

/// <summary>A charge key parses only in the spelling in which it was written.</summary>
public sealed class PaymentKeyTests
{
    [Theory]
    [InlineData("s", 1, 1)]
    [InlineData("a:1:2", 30, 4)]
    [InlineData(":", 2_147_483_647, 20)]
    public void A_key_reads_back_whatever_the_subscriptions_id(string id, int invoice, int attempt)
    {
        Assert.True(PaymentKeys.TryReadCharge(PaymentKeys.Charge(id, invoice, attempt), out var charge));
        Assert.Equal(new ChargeKey(id, invoice, attempt), charge);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("s:1")]
    [InlineData(":1:1")]
    [InlineData("s::1")]
    [InlineData("s:1:")]
    [InlineData("s:0:1")]
    [InlineData("s:01:1")]
    [InlineData("s:+1:1")]
    [InlineData("s: 1:1")]
    [InlineData("s:1:2147483648")]
    [InlineData("s:1:refund-1")]
    public void What_was_not_written_so_is_no_key(string key) => Assert.False(PaymentKeys.TryReadCharge(key, out _));
}
