using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Vouchers, which the provider reports as paid or not paid, and chargebacks by the customer's bank.</summary>
public sealed class VoucherTests : IAsyncLifetime
{
    private const string Confirm = "/v1/payments/confirm";
    private const string Chargeback = "/v1/payments/chargebacks";

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(productFields: ",\"voucher\":{\"valid_days\":5,\"reminder_days\":2}");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_voucher_that_is_paid_starts_the_subscription()
    {
        var waiting = await gateway.SubscribeAsync("s", token: "tok_voucher");
        Assert.Equal("pending", waiting.String("status"));
        Assert.Equal(
            """{"invoice":1,"attempt":1,"expires_at":"2024-02-05T00:00:00Z","reference":"voucher-s:1:1"}""",
            waiting.Json.GetProperty("voucher").GetRawText());

        var confirmed = (await gateway.Admin.PostAsync(Confirm, """{"key":"s:1:1","outcome":"succeeded"}""")).Expect(200);

        Assert.Equal("active", confirmed.String("status"));
        Assert.True(confirmed.IsNull("voucher"));
        Assert.Equal(2990, confirmed.Number("lifetime_paid"));
        Assert.Equal(
            confirmed.Text, (await gateway.Admin.PostAsync(Confirm, """{"key":"s:1:1","outcome":"succeeded"}""")).Expect(200).Text);
        Assert.Equal(confirmed.Text, (await gateway.Admin.PostAsync(Confirm, """{"key":"s:1:1","outcome":"declined"}""")).Expect(200).Text);
    }

    [Fact]
    public async Task The_customer_is_reminded_and_may_ask_for_a_new_voucher_once_it_has_expired()
    {
        await gateway.SubscribeAsync("s", token: "tok_voucher");
        var alice = await gateway.AsCustomerAsync("alice");
        (await alice.PostAsync("/v1/subscriptions/s/voucher")).ExpectProblem(409, "voucher_pending");

        await gateway.AdvanceAsync("2024-02-03T00:00:00Z");
        Assert.Equal(["voucher_issued", "voucher_reminder"], await TypesAsync());
        await gateway.AdvanceAsync("2024-02-05T00:00:00Z");
        var expired = await gateway.ReadAsync("s");
        Assert.True(expired.IsNull("voucher"));
        Assert.Equal("voucher_expired", expired.Json.GetProperty("retry").GetProperty("last_code").GetString());

        (await alice.PostAsync("/v1/subscriptions/s/voucher")).Expect(200);
        await gateway.SettleAsync();
        var again = (await gateway.ReadAsync("s")).Json.GetProperty("voucher");
        Assert.Equal(2, again.GetProperty("attempt").GetInt32());
        Assert.Equal("2024-02-10T00:00:00Z", again.GetProperty("expires_at").GetString());
        Assert.Equal(["voucher_issued", "voucher_reminder", "voucher_issued"], await TypesAsync());
        (await gateway.Admin.PostAsync(Confirm, """{"key":"s:1:2","outcome":"succeeded"}""")).Expect(200);
        (await alice.PostAsync("/v1/subscriptions/s/voucher")).ExpectProblem(409, "no_voucher_expired");
    }

    [Fact]
    public async Task Money_for_a_voucher_that_had_expired_pays_what_is_still_owed_and_goes_back_otherwise()
    {
        await gateway.SubscribeAsync("s", token: "tok_voucher");
        await gateway.AdvanceAsync("2024-02-05T00:00:00Z");
        (await gateway.Admin.PostAsync(Confirm, """{"key":"s:1:1","outcome":"succeeded"}""")).Expect(200);
        Assert.Equal("active", (await gateway.ReadAsync("s")).String("status"));

        await gateway.SubscribeAsync("gone", token: "tok_voucher");
        await gateway.AdvanceAsync("2024-02-12T00:00:00Z");
        (await gateway.Admin.PostAsync("/v1/subscriptions/gone/cancel", """{"at":"now"}""")).Expect(200);
        (await gateway.Admin.PostAsync(Confirm, """{"key":"gone:1:1","outcome":"succeeded"}""")).Expect(200);
        await gateway.SettleAsync();
        var note = Assert.Single((await gateway.Admin.GetAsync("/v1/subscriptions/gone/credit-notes")).Expect(200).Data);
        Assert.Equal(2990, note.GetProperty("amount").GetInt64());
        Assert.Equal("late_payment", note.GetProperty("reason").GetString());
        Assert.Equal(0, (await gateway.ReadAsync("gone")).Number("lifetime_paid"));
    }

    [Fact]
    public async Task A_voucher_that_the_provider_declines_is_tried_again_like_any_other_charge()
    {
        await gateway.SubscribeAsync("s", token: "tok_voucher");
        var declined = (await gateway.Admin.PostAsync(Confirm, """{"key":"s:1:1","outcome":"declined","code":"issuer_gone","hard":true}"""))
            .Expect(200);
        Assert.True(declined.IsNull("voucher"));
        Assert.Equal("issuer_gone", declined.Json.GetProperty("retry").GetProperty("last_code").GetString());
        Assert.True(declined.Json.GetProperty("retry").GetProperty("next_at").ValueKind == System.Text.Json.JsonValueKind.Null);
    }

    [Theory]
    [InlineData("cancel", "canceled")]
    [InlineData("keep", "active")]
    public async Task A_chargeback_takes_the_money_back_and_the_product_says_what_follows(string policy, string status)
    {
        await gateway.SellAsync("charged", productFields: $",\"on_chargeback\":\"{policy}\"");
        await gateway.SubscribeAsync("back", "charged_offer");

        var charged = (await gateway.Admin.PostAsync(Chargeback, """{"key":"back:1:1","reason":"10.4 fraud"}""")).Expect(200);

        Assert.Equal(status, charged.String("status"));
        Assert.Equal(0, charged.Number("lifetime_paid"));
        Assert.Equal(charged.Text, (await gateway.Admin.PostAsync(Chargeback, """{"key":"back:1:1"}""")).Expect(200).Text);
    }

    [Fact]
    public async Task A_chargeback_shows_on_its_invoice_and_in_its_list_until_it_is_decided()
    {
        await gateway.SellAsync("charged", amount: 3000, productFields: ",\"on_chargeback\":\"keep\"");
        await gateway.SubscribeAsync("back", "charged_offer");

        (await gateway.Admin.PostAsync(Chargeback, """{"key":"back:1:1","amount":1200,"reason":"10.4 fraud"}""")).Expect(200);
        var disputed = (await gateway.InvoicesAsync("back"))[0];
        Assert.Equal(
            ("disputed", 3000L, 1200L),
            (disputed.GetProperty("status").GetString(), disputed.GetProperty("paid").GetInt64(),
                disputed.GetProperty("charged_back").GetInt64()));
        Assert.Equal(
            """{"data":[{"id":"back:1:1","subscription_id":"back","seller_id":"acme","customer_id":"alice","invoice":1""" +
            ""","attempt":1,"status":"open","currency":"BRL","amount":1200""" +
            ""","credit_taken":0,"reason":"10.4 fraud","opened_at":"2024-01-31T00:00:00Z","closed_at":null}],"next_cursor":null}""",
            (await gateway.Admin.GetAsync("/v1/subscriptions/back/chargebacks")).Expect(200).Text);

        var won = (await gateway.Admin.PostAsync(Chargeback, """{"key":"back:1:1","outcome":"won"}""")).Expect(200);
        Assert.Equal(3000, won.Number("lifetime_paid"));
        var paid = (await gateway.InvoicesAsync("back"))[0];
        Assert.Equal(("paid", 0L), (paid.GetProperty("status").GetString(), paid.GetProperty("charged_back").GetInt64()));
        Assert.Equal(
            "won", (await gateway.Admin.GetAsync("/v1/subscriptions/back/chargebacks")).Expect(200).Data.Single().GetProperty("status")
                .GetString());
        (await gateway.Admin.PostAsync(Chargeback, """{"key":"back:1:1","amount":0}""")).ExpectProblem(422, "out_of_range", "amount");
    }

    [Theory]
    [InlineData("nobody:1:1")]
    [InlineData("s:2:1")]
    [InlineData("s:1:2")]
    [InlineData("s:1")]
    [InlineData("s:01:1")]
    [InlineData("s:1:0")]
    [InlineData("s:1:-1")]
    [InlineData("s:1:99999999999")]
    [InlineData("not an id:1:1")]
    [InlineData(":1:1")]
    [InlineData("")]
    [InlineData("s:1:refund-1")]
    public async Task A_payment_that_nobody_asked_for_is_not_found(string key)
    {
        await gateway.SubscribeAsync("s");
        (await gateway.Admin.PostAsync(Confirm, $$"""{"key":"{{key}}","outcome":"succeeded"}"""))
            .ExpectProblem(404, "payment_not_found", "key");
        (await gateway.Admin.PostAsync(Chargeback, $$"""{"key":"{{key}}"}""")).ExpectProblem(404, "payment_not_found", "key");
    }

    [Fact]
    public async Task Keys_are_read_from_the_right_for_ids_may_contain_colons()
    {
        await gateway.SubscribeAsync("a:1:1", token: "tok_voucher");
        Assert.Equal(
            "active",
            (await gateway.Admin.PostAsync(Confirm, """{"key":"a:1:1:1:1","outcome":"succeeded"}""")).Expect(200).String("status"));
    }

    [Theory]
    [InlineData(Confirm, """{"key":"s:1:1"}""", 400, "required", "outcome")]
    [InlineData(Confirm, """{"key":"s:1:1","outcome":"unknown"}""", 422, "invalid_value", "outcome")]
    [InlineData(Confirm, """{"key":"s:1:1","outcome":"succeeded","code":"x"}""", 422, "ambiguous", "code")]
    [InlineData(Confirm, """{"key":"s:1:1","outcome":"succeeded","hard":false}""", 422, "ambiguous", "hard")]
    [InlineData(Confirm, """{"key":"s:1:1","outcome":"declined","code":"Not a code"}""", 422, "invalid_reason", "code")]
    [InlineData(Confirm, """{"outcome":"succeeded"}""", 400, "required", "key")]
    [InlineData(Chargeback, """{"key":"s:1:1","reason":""}""", 422, "empty", "reason")]
    public async Task What_the_provider_cannot_mean_is_refused(string path, string body, int status, string code, string field) =>
        (await gateway.Admin.PostAsync(path, body)).ExpectProblem(status, code, field);

    private async Task<IEnumerable<string?>> TypesAsync() =>
        (await gateway.Admin.GetAsync("/v1/messages")).Expect(200).Data.Select(message => message.GetProperty("type").GetString());
}
