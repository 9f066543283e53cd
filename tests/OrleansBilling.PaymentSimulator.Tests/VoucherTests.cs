using System.Net;

namespace OrleansBilling.PaymentSimulator.Tests;

public sealed class VoucherTests : SimulatorTest
{
    [Fact]
    public async Task A_voucher_is_pending_until_it_is_confirmed()
    {
        Assert.Equal("pending", (await Client.ChargeAsync("s:1:1", "tok_voucher")).Text("outcome"));
        Assert.Equal("pending", (await Client.ChargeAsync("s:1:1", "tok_voucher")).Text("code"));
        Assert.Equal("voucher-s:1:1", (await Client.ChargeAsync("s:1:1", "tok_voucher")).Text("reference"));

        Assert.Equal("succeeded", (await Client.PostNothingAsync("v1/vouchers/s:1:1/confirm")).Text("outcome"));

        Assert.Equal("succeeded", (await Client.ChargeAsync("s:1:1", "tok_voucher")).Text("outcome"));
        Assert.Equal("succeeded", (await Client.RefundAsync("s:1:refund-1", "s:1:1", 2_990)).Text("outcome"));
    }

    [Fact]
    public async Task A_voucher_that_expires_is_a_soft_decline()
    {
        await Client.ChargeAsync("s:1:1", "tok_voucher");
        await Client.PostNothingAsync("v1/vouchers/s:1:1/expire");

        var reply = await Client.ChargeAsync("s:1:1", "tok_voucher");

        Assert.Equal("declined", reply.Text("outcome"));
        Assert.Equal("voucher_expired", reply.Text("code"));
        Assert.False(reply.Json.GetProperty("hard").GetBoolean());
    }

    [Theory]
    [InlineData("confirm", "expire")]
    [InlineData("expire", "confirm")]
    public async Task A_settled_voucher_stays_as_it_was_settled(string first, string other)
    {
        await Client.ChargeAsync("s:1:1", "tok_voucher");
        var settled = await Client.PostNothingAsync($"v1/vouchers/s:1:1/{first}");

        Assert.Equal(settled.Json.GetRawText(), (await Client.PostNothingAsync($"v1/vouchers/s:1:1/{first}")).Json.GetRawText());
        var refused = await Client.PostNothingAsync($"v1/vouchers/s:1:1/{other}");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("voucher_settled", refused.Text("code"));
    }

    [Fact]
    public async Task Only_vouchers_can_be_settled()
    {
        await Client.ChargeAsync("card:1:1");

        Assert.Equal("not_a_voucher", (await Client.PostNothingAsync("v1/vouchers/card:1:1/confirm")).Text("code"));
        var nobody = await Client.PostNothingAsync("v1/vouchers/nobody:1:1/expire");
        Assert.Equal(HttpStatusCode.NotFound, nobody.Status);
        Assert.Equal("charge_not_found", nobody.Text("code"));
    }
}
