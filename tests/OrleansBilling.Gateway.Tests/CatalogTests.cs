using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

public sealed class CatalogTests
{
    [Fact]
    public async Task What_is_created_can_be_read_with_its_defaults()
    {
        await using var gateway = await TestGateway.StartAsync();
        var product = (
            await gateway.Admin.PostAsync(
                "/v1/products",
                """
                {"id":"p","seller_id":"acme","name":"Pão & <queijo>","time_zone":"America/Sao_Paulo","dunning":{"max_retries":2,
                 "on_exhausted":"leave_past_due"},"trial_without_payment_method":"past_due"}
                """)).Expect(201);
        var plan = (
            await gateway.Admin.PostAsync(
                "/v1/plans",
                """{"id":"pl","product_id":"p","name":"Yearly","interval":{"unit":"year","count":1},"installments":1,"dunning":""" +
                """{"max_retries":0}}"""))
                .Expect(201);
        var offer = (await gateway.Admin.PostAsync("/v1/offers", """{"id":"o","plan_id":"pl","amount":0,"currency":"KWD"}""")).Expect(201);

        Assert.Equal(
            """{"id":"p","seller_id":"acme","name":"Pão & <queijo>","description":null,"time_zone":"America/Sao_Paulo","dunning":""" +
            """{"max_retries":2,"window_days":30,"schedule_days":[1,3,5,7,7],"move_billing_date":false,"on_exhausted":"leave_past_due"}""" +
            ""","trial_without_payment_method":"past_due","tax":null,"loyalty":null,"retention":null,"voucher":{"valid_days":3""" +
            ""","reminder_days":1},"on_chargeback":"cancel","archived":false,"created_at":"2024-01-31T00:00:00Z"}""",
            product.Text);
        Assert.Equal(
            """{"id":"pl","product_id":"p","name":"Yearly","description":null,"interval":{"unit":"year","count":1},"trial_days":0""" +
            ""","recurrences":null,"installments":null,"renewal_alert_days":null,"dunning":{"max_retries":0,"window_days":30""" +
            ""","schedule_days":[1,3,5,7,7],"move_billing_date":false,"on_exhausted":"cancel"},"archived":false""" +
            ""","created_at":"2024-01-31T00:00:00Z"}""",
            plan.Text);
        Assert.Equal(
            """{"id":"o","version":1,"plan_id":"pl","amount":0,"currency":"KWD","addons":[],"meters":[],"split":[]""" +
            ""","customers_may_choose":true,"archived":false,"created_at":"2024-01-31T00:00:00Z"}""",
            offer.Text);
        Assert.Equal(product.Text, (await gateway.Admin.GetAsync("/v1/products/p")).Expect(200).Text);
        Assert.Equal(plan.Text, (await gateway.Admin.GetAsync("/v1/plans/pl")).Expect(200).Text);
        Assert.Equal(offer.Text, (await gateway.Admin.GetAsync("/v1/offers/o")).Expect(200).Text);
    }

    [Fact]
    public async Task Ids_that_we_make_sort_by_time()
    {
        await using var gateway = await TestGateway.StartAsync();
        var ids = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            ids.Add((await gateway.Admin.PostAsync("/v1/products", """{"seller_id":"acme","name":"n"}""")).Expect(201).String("id")!);
            await gateway.AdvanceAsync($"2024-01-31T00:00:00.{n + 1:000}Z");
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task A_new_price_is_a_new_version_and_running_subscriptions_keep_theirs()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("early");

        var second = (await gateway.Admin.PutAsync("/v1/offers/gold_offer", """{"amount":3990,"currency":"BRL","plan_id":"gold_plan"}"""))
            .Expect(200);
        Assert.Equal(2, second.Number("version"));
        var late = await gateway.SubscribeAsync("late");

        Assert.Equal(3990, late.Number("amount"));
        Assert.Equal(2, late.Number("offer_version"));
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        var early = (await gateway.Admin.GetAsync("/v1/subscriptions/early")).Expect(200);
        Assert.Equal(1, early.Number("offer_version"));
        Assert.Equal(5980, early.Number("lifetime_paid"));
    }

    [Fact]
    public async Task Simultaneous_edits_each_make_a_version()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(n => gateway.Admin.PutAsync("/v1/offers/gold_offer", $$"""{"amount":{{n}}}""")));

        Assert.Equal(Enumerable.Range(2, 10).Select(n => (long)n), replies.Select(reply => reply.Expect(200).Number("version")).Order());
    }
}
