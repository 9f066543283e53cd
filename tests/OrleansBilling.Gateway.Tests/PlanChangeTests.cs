using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Changes of offer, quantity and add-ons. Each preview equals the bill. The first period has 29 days.</summary>
public sealed class PlanChangeTests : IAsyncLifetime
{
    private const string TenDaysLater = "2024-02-10T00:00:00Z";

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(amount: 2900, offerFields: ",\"addons\":[{\"id\":\"support\",\"name\":\"Support\",\"amount\":290}]");
        await gateway.AlsoSellAsync("platinum", 5800);
        await gateway.AlsoSellAsync("yearly", 29_000, unit: "year");
        await gateway.SellAsync("other", seller: "other");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_change_now_is_billed_as_it_was_previewed_and_keeps_the_period()
    {
        await gateway.SubscribeAsync("s");
        await gateway.AdvanceAsync(TenDaysLater);
        var body = """{"offer_id":"platinum_offer","at":"now"}""";

        var preview = (await gateway.Admin.PostAsync("/v1/subscriptions/s/change-plan/preview", body)).Expect(200);
        Assert.Equal("gold_offer", (await gateway.ReadAsync("s")).String("offer_id"));
        var changed = await gateway.AskAsync("s", "change-plan", body);

        Assert.Equal("platinum_offer", changed.String("offer_id"));
        Assert.Equal(5800, changed.Number("amount"));
        Assert.Equal("2024-02-29T00:00:00Z", changed.String("next_billing_at"));
        var bill = (await gateway.InvoicesAsync("s"))[1];
        Assert.Equal(["proration_credit -1900", "proration_charge 3800"], Catalog.LinesOf(bill));
        Assert.Equal("paid", Catalog.Status(bill));
        Assert.Equal(1900, Catalog.Total(bill));
        foreach (var field in (string[])["subscription_id", "period", "currency", "lines", "taxes", "parts", "total"])
            Assert.Equal(bill.GetProperty(field).GetRawText(), preview.Json.GetProperty(field).GetRawText());
        Assert.False(preview.Json.TryGetProperty("id", out _));
    }

    [Fact]
    public async Task A_cheaper_plan_leaves_credit_that_the_next_invoice_uses_up()
    {
        await gateway.SubscribeAsync("s", "platinum_offer");
        await gateway.AdvanceAsync(TenDaysLater);

        var changed = await gateway.AskAsync("s", "change-plan", """{"offer_id":"gold_offer","at":"now"}""");

        Assert.Equal(1900, changed.Number("credit"));
        Assert.Equal(-1900, Catalog.Total((await gateway.InvoicesAsync("s"))[1]));
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        var renewal = (await gateway.InvoicesAsync("s"))[2];
        Assert.Equal(["recurrence 2900", "credit_applied -1900"], Catalog.LinesOf(renewal));
        Assert.Equal(0, (await gateway.ReadAsync("s")).Number("credit"));
    }

    [Fact]
    public async Task Another_interval_starts_a_new_period_at_once()
    {
        await gateway.SubscribeAsync("s");
        await gateway.AdvanceAsync(TenDaysLater);

        var changed = await gateway.AskAsync("s", "change-plan", """{"offer_id":"yearly_offer","at":"now"}""");

        Assert.Equal(TenDaysLater, changed.Json.GetProperty("current_period").GetProperty("start").GetString());
        Assert.Equal("2025-02-10T00:00:00Z", changed.String("next_billing_at"));
        Assert.Equal(["recurrence 29000", "proration_credit -1900"], Catalog.LinesOf((await gateway.InvoicesAsync("s"))[1]));
    }

    [Fact]
    public async Task Quantity_and_add_ons_change_at_period_end_as_previewed_or_are_undone()
    {
        await gateway.SubscribeAsync("s", fields: ",\"quantity\":2,\"addons\":[{\"id\":\"support\",\"quantity\":3}]");
        Assert.Equal(["recurrence 5800", "addon 870"], Catalog.LinesOf((await gateway.InvoicesAsync("s"))[0]));
        var body = """{"quantity":5,"addons":[],"at":"period_end"}""";

        var preview = (await gateway.Admin.PostAsync("/v1/subscriptions/s/change-plan/preview", body)).Expect(200);
        var scheduled = await gateway.AskAsync("s", "change-plan", body);

        Assert.Equal(14_500, preview.Number("total"));
        Assert.Equal(2, scheduled.Number("quantity"));
        Assert.Equal(
            """{"offer_id":"gold_offer","offer_version":1,"quantity":5,"addons":[]}""",
            scheduled.Json.GetProperty("scheduled_change").GetRawText());
        Assert.True((await gateway.AskAsync("s", "undo-plan-change")).IsNull("scheduled_change"));
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/undo-plan-change")).ExpectProblem(409, "no_plan_change_scheduled");

        await gateway.AskAsync("s", "change-plan", body);
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        var changed = await gateway.ReadAsync("s");
        Assert.Equal(5, changed.Number("quantity"));
        Assert.Equal("[]", changed.Json.GetProperty("addons").GetRawText());
        var bill = (await gateway.InvoicesAsync("s"))[1];
        Assert.Equal(preview.Json.GetProperty("lines").GetRawText(), bill.GetProperty("lines").GetRawText());
        Assert.Equal("Recurrence × 5", bill.GetProperty("lines")[0].GetProperty("description").GetString());
    }

    [Theory]
    [InlineData("", "trialing", 0)]
    [InlineData(",\"trial\":\"continue\"", "trialing", 0)]
    [InlineData(",\"trial\":\"end\"", "active", 5800)]
    public async Task In_a_trial_nothing_is_prorated_and_the_trial_goes_on_unless_told(string trial, string status, long paid)
    {
        (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("s", fields: ",\"trial_days\":7"))).Expect(201);

        var changed = await gateway.AskAsync("s", "change-plan", $$"""{"offer_id":"platinum_offer","at":"now"{{trial}}}""");

        Assert.Equal(status, changed.String("status"));
        Assert.Equal("platinum_offer", changed.String("offer_id"));
        Assert.Equal(paid, changed.Number("lifetime_paid"));
    }

    [Fact]
    public async Task A_change_that_is_not_billed_before_the_end_is_previewed_as_no_invoice()
    {
        await gateway.AlsoSellAsync("once", 1000, planFields: ",\"recurrences\":1");
        await gateway.SubscribeAsync("s", "once_offer");
        var preview = (await gateway.Admin.PostAsync("/v1/subscriptions/s/change-plan/preview", """{"quantity":2,"at":"period_end"}"""))
            .Expect(200);
        Assert.Equal(
            """{"subscription_id":"s","period":null,"currency":"BRL","lines":[],"taxes":[],"parts":null,"total":0}""", preview.Text);

        // With a higher quantity, a plan with a fixed number of recurrences still ends. Another plan goes on.
        Assert.True((await gateway.AskAsync("s", "change-plan", """{"quantity":2,"at":"period_end"}""")).IsNull("next_billing_at"));
        Assert.Equal(
            "2024-02-29T00:00:00Z",
            (await gateway.AskAsync("s", "change-plan", """{"offer_id":"gold_offer","at":"period_end"}""")).String("next_billing_at"));
    }

    [Theory]
    [InlineData("""{"at":"now"}""", 400, "required", "offer_id")]
    [InlineData("""{"offer_id":"nothing","at":"now"}""", 404, "offer_not_found", "offer_id")]
    [InlineData("""{"offer_id":"other_offer","at":"now"}""", 422, "other_product", "offer_id")]
    [InlineData("""{"quantity":0,"at":"now"}""", 422, "out_of_range", "quantity")]
    [InlineData("""{"quantity":1,"at":"now"}""", 409, "nothing_to_change", null)]
    [InlineData("""{"quantity":2}""", 400, "required", "at")]
    [InlineData("""{"addons":[{"id":"nothing"}],"at":"now"}""", 422, "unknown_addon", "addons")]
    [InlineData("""{"addons":[{"id":"support"},{"id":"support"}],"at":"now"}""", 422, "duplicate", "addons[1].id")]
    [InlineData("""{"addons":[{"id":"support","quantity":1000001}],"at":"now"}""", 422, "out_of_range", "addons[0].quantity")]
    [InlineData("""{"addons":[null],"at":"now"}""", 400, "wrong_type", "addons[0]")]
    [InlineData("""{"quantity":2,"at":"now","trial":"stop"}""", 422, "invalid_value", "trial")]
    public async Task A_change_that_cannot_be_is_refused_and_not_previewed_either(string body, int status, string code, string? field)
    {
        await gateway.SubscribeAsync("s");
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/change-plan", body)).ExpectProblem(status, code, field);
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/change-plan/preview", body)).ExpectProblem(status, code, field);
    }

    [Fact]
    public async Task Whose_subscription_it_is_comes_before_what_is_asked_of_it()
    {
        await gateway.SubscribeAsync("s");
        var bob = await gateway.AsCustomerAsync("bob");
        var body = """{"offer_id":"nothing","at":"now"}""";
        (await bob.PostAsync("/v1/subscriptions/s/change-plan", body)).ExpectProblem(404, "subscription_not_found");
        (await bob.PostAsync("/v1/subscriptions/s/change-plan/preview", body)).ExpectProblem(404, "subscription_not_found");
        (await bob.PostAsync("/v1/subscriptions/s/change-plan/preview", """{"quantity":2,"at":"now"}"""))
            .ExpectProblem(404, "subscription_not_found");
        (await gateway.Admin.PostAsync("/v1/subscriptions/nobody/change-plan/preview", """{"quantity":2,"at":"now"}"""))
            .ExpectProblem(404, "subscription_not_found");
        (await gateway.Admin.PostAsync("/v1/subscriptions/not%20an%20id/change-plan/preview", """{"quantity":2,"at":"now"}"""))
            .ExpectProblem(404, "subscription_not_found");
    }
}
