using System.Net;

namespace OrleansBilling.PaymentSimulator.Tests;

public sealed class RefundTests : SimulatorTest
{
    [Fact]
    public async Task Parts_go_back_until_all_that_was_collected_is_back()
    {
        await Client.ChargeAsync("s:1:1", amount: 1_000);
        Assert.Equal("succeeded", (await Client.RefundAsync("s:1:refund-1", "s:1:1", 600)).Text("outcome"));

        var tooMuch = await Client.RefundAsync("s:1:refund-2", "s:1:1", 401);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMuch.Status);
        Assert.Equal("refund_exceeds_charge", tooMuch.Text("code"));
        Assert.Equal("amount", tooMuch.Text("field"));

        Assert.Equal("succeeded", (await Client.RefundAsync("s:1:refund-2", "s:1:1", 400)).Text("outcome"));
        Assert.Equal("refund_exceeds_charge", (await Client.RefundAsync("s:1:refund-3", "s:1:1", 1)).Text("code"));
        Assert.Equal(1_000, (await Client.ReadAsync("v1/charges/s:1:1")).Number("refunded"));
        Assert.Equal(2, (await Client.ReadAsync("v1/refunds")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Many_refunds_at_once_never_give_back_more_than_was_collected()
    {
        await Client.ChargeAsync("s:1:1", amount: 1_000);

        var replies = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => Client.RefundAsync($"s:1:refund-{n}", "s:1:1", 300)));

        Assert.Equal(3, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.Equal(900, (await Client.ReadAsync("v1/charges/s:1:1")).Number("refunded"));
    }

    [Fact]
    public async Task Asking_again_with_the_same_key_gives_back_once_even_when_nothing_more_is_left()
    {
        await Client.ChargeAsync("s:1:1", amount: 1_000);
        var first = await Client.RefundAsync("s:1:refund-1", "s:1:1", 1_000);

        var second = await Client.RefundAsync("s:1:refund-1", "s:1:1", 1_000);

        Assert.Equal(first.Json.GetRawText(), second.Json.GetRawText());
        Assert.Equal(1_000, (await Client.ReadAsync("v1/charges/s:1:1")).Number("refunded"));
        var booked = (await Client.ReadAsync("v1/refunds")).Json.GetProperty("items")[0];
        Assert.Equal(2, booked.GetProperty("asks").GetInt32());
        Assert.Equal("s:1:1", booked.GetProperty("charge_key").GetString());
    }

    [Theory]
    [InlineData("s:2:1", 100, "BRL", "charge_key")]
    [InlineData("s:1:1", 101, "BRL", "amount")]
    [InlineData("s:1:1", 100, "EUR", "currency")]
    public async Task The_same_key_with_another_body_is_refused(string chargeKey, long amount, string currency, string field)
    {
        await Client.ChargeAsync("s:1:1");
        await Client.ChargeAsync("s:2:1");
        await Client.RefundAsync("s:1:refund-1", "s:1:1", 100);

        var reply = await Client.RefundAsync("s:1:refund-1", chargeKey, amount, currency);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal("key_reused", reply.Text("code"));
        Assert.Equal(field, reply.Text("field"));
    }

    [Fact]
    public async Task A_declined_refund_is_booked_and_leaves_the_money_where_it_is()
    {
        await Client.ChargeAsync("s:1:1", "tok_refund_declined");

        var reply = await Client.RefundAsync("s:1:refund-1", "s:1:1", 100);

        Assert.Equal("declined", reply.Text("outcome"));
        Assert.Equal("refund_not_permitted", reply.Text("code"));
        Assert.Equal(0, (await Client.ReadAsync("v1/charges/s:1:1")).Number("refunded"));
        Assert.Equal(1, (await Client.ReadAsync("v1/refunds")).Json.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("nobody:1:1", "BRL", "charge_not_found", "charge_key")]
    [InlineData("declined:1:1", "BRL", "charge_not_collected", "charge_key")]
    [InlineData("pending:1:1", "BRL", "charge_not_collected", "charge_key")]
    [InlineData("paid:1:1", "EUR", "currency_mismatch", "currency")]
    public async Task What_was_not_collected_cannot_go_back(string chargeKey, string currency, string code, string field)
    {
        await Client.ChargeAsync("declined:1:1", "tok_lost_card");
        await Client.ChargeAsync("pending:1:1", "tok_voucher");
        await Client.ChargeAsync("paid:1:1");

        var reply = await Client.RefundAsync("refund", chargeKey, 1, currency);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal(code, reply.Text("code"));
        Assert.Equal(field, reply.Text("field"));
        Assert.Empty((await Client.ReadAsync("v1/refunds")).Json.GetProperty("items").EnumerateArray());
    }
}
