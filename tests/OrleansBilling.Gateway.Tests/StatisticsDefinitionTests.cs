using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Each definition, on a small book computed by hand. Everything starts on 2024-01-31.</summary>
public sealed class StatisticsDefinitionTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync();

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Forty_trials_thirty_leave_ten_convert_and_one_of_those_leaves()
    {
        await gateway.SellAsync(trialDays: 7);
        for (var n = 0; n < 40; n++) await gateway.SubscribeAsync($"s{n:00}", customer: $"c{n}");
        await gateway.AdvanceAsync("2024-02-03T00:00:00Z");
        for (var n = 10; n < 40; n++) await gateway.AskAsync($"s{n:00}", "cancel", """{"at":"now","reason":"too_dear"}""");
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        await (await gateway.AsCustomerAsync("c0")).PostAsync("/v1/subscriptions/s00/cancel", """{"at":"now","reason":"moved"}""");

        var figures = await FiguresAsync("from=2024-01-31");
        Assert.Equal(
            (1, 9, 10, 30, 0),
            (figures.Number("canceled"), figures.Number("current"), figures.Number("new"), figures.Number("trials_lost"),
                figures.Number("never_paid")));
        Assert.Equal(1 / 9d, Double(figures, "rate"), 12);
        Assert.Equal(1 / 10d, Double(figures, "churn_rolling"), 12);
        Assert.Equal((1, 0, 0), (figures.Number("voluntary"), figures.Number("seller_initiated"), figures.Number("involuntary")));
        Assert.Equal("""{"rate":0.25,"numerator":10,"denominator":40}""", await RatioAsync("trial_conversion"));

        // Nine renew on March 7: 9 × 29.90, less one month of 1 − 0.9^(1/3) = 3.45 %.
        var forecast = (await gateway.Admin.GetAsync("/v1/statistics/forecast?months=3")).Expect(200).Data.ToList();
        Assert.Equal((26_910, 25_981), (forecast[1].GetProperty("contracted").GetInt32(), forecast[1].GetProperty("expected").GetInt32()));

        var reasons = (await gateway.Admin.GetAsync("/v1/statistics/reasons?from=2024-02-01")).Expect(200).Data.Single().GetRawText();
        Assert.Equal(
            """{"month":"2024-02","canceled":[{"reason":"moved","count":1}],"trials_lost":[{"reason":"too_dear","count":30}]""" +
            ""","never_paid":[],"declines":[]}""",
            reasons);
    }

    [Fact]
    public async Task Five_vouchers_that_nobody_paid_beside_one_buyer()
    {
        await gateway.SellAsync();
        await gateway.SubscribeAsync("buyer");
        for (var n = 0; n < 5; n++) await gateway.SubscribeAsync($"voucher{n}", token: "tok_voucher");
        await gateway.AdvanceAsync("2024-02-04T00:00:00Z");
        for (var n = 0; n < 2; n++) await gateway.AskAsync($"voucher{n}", "cancel", """{"at":"now"}""");
        await gateway.AdvanceAsync("2024-03-20T00:00:00Z");

        var figures = await FiguresAsync("from=2024-01-31");
        Assert.Equal(
            (0, 1, 1, 5), (figures.Number("canceled"), figures.Number("current"), figures.Number("new"), figures.Number("never_paid")));
        Assert.Equal((0, 0), (Double(figures, "rate"), Double(figures, "churn_rolling")));
    }

    [Fact]
    public async Task Of_ten_subscribers_eight_pause_in_August_and_leave_in_September()
    {
        await gateway.SellAsync();
        for (var n = 0; n < 10; n++) await gateway.SubscribeAsync($"s{n}");
        await gateway.AdvanceAsync("2024-08-10T00:00:00Z");
        for (var n = 0; n < 8; n++) await gateway.AskAsync($"s{n}", "pause", """{"at":"now"}""");
        await gateway.AdvanceAsync("2024-09-10T00:00:00Z");
        for (var n = 0; n < 8; n++) await gateway.AskAsync($"s{n}", "cancel", """{"at":"now"}""");

        var september = await FiguresAsync("from=2024-09-01&to=2024-09-30");
        Assert.Equal((8, 10, 2), (september.Number("canceled"), september.Number("current_at_start"), september.Number("current")));
        Assert.Equal(0.8, Double(september, "churn_start"), 12);
        Assert.Equal((4, 0.8), (Double(september, "rate"), Double(september, "churn_rolling")));
    }

    [Fact]
    public async Task Twelve_parts_with_a_trial()
    {
        await gateway.SellAsync();
        await gateway.AlsoSellAsync("year", 12_000, unit: "year", planFields: ",\"installments\":12,\"trial_days\":7");
        for (var n = 0; n < 10; n++) await gateway.SubscribeAsync($"s{n}", "year_offer");
        await gateway.AdvanceAsync("2024-07-10T00:00:00Z");

        var summary = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-01-31")).Expect(200);
        Assert.Equal("""[{"currency":"BRL","amount":60000}]""", summary.Json.GetProperty("collected").GetRawText());
        Assert.Equal("""{"rate":1,"numerator":10,"denominator":10}""", summary.Json.GetProperty("trial_conversion").GetRawText());
        Assert.Equal((10, 0), (summary.Number("current"), summary.Number("paid_recurrences")));

        // Six of ten parts are still due from August to January. Then the next year starts.
        Assert.Equal([0, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000], await ContractedAsync());

        await gateway.AskAsync("s0", "cancel", """{"at":"now"}""");
        var invoice = (await gateway.Admin.GetAsync("/v1/subscriptions/s0/invoices")).Expect(200).Data.First();
        Assert.Equal(("uncollectible", 6_000), (invoice.GetProperty("status").GetString(), invoice.GetProperty("paid").GetInt32()));
        Assert.Equal([0, 9_000, 9_000, 9_000, 9_000, 9_000, 9_000, 9_000], await ContractedAsync());
        Assert.Equal(6_000, (await FiguresAsync("from=2024-07-01")).Number("ltv"));

        async Task<IEnumerable<int>> ContractedAsync() =>
            (await gateway.Admin.GetAsync("/v1/statistics/forecast?months=8"))
                .Expect(200).Data.Select(month => month.GetProperty("contracted").GetInt32());
    }

    [Fact]
    public async Task Half_price_for_ever_is_in_recurring_revenue_and_half_price_for_two_months_ends_as_expansion()
    {
        await gateway.SellAsync(amount: 1000);
        (await gateway.Admin.PostAsync("/v1/coupons", """{"id":"EVER","seller_id":"acme","percent":50,"duration":"forever"}"""))
            .Expect(201);
        (await gateway.Admin.PostAsync(
            "/v1/coupons", """{"id":"TWICE","seller_id":"acme","percent":50,"duration":"repeating","recurrences":2}""")).Expect(201);
        await gateway.SubscribeAsync("ever", fields: ",\"coupon\":\"EVER\"");
        await gateway.SubscribeAsync("twice", fields: ",\"coupon\":\"TWICE\"");

        var summary = (await gateway.Admin.GetAsync("/v1/statistics/summary")).Expect(200).Json;
        Assert.Equal("""[{"currency":"BRL","amount":1000}]""", summary.GetProperty("mrr").GetRawText());
        Assert.Equal("""[{"currency":"BRL","amount":2000}]""", summary.GetProperty("mrr_list").GetRawText());

        await gateway.AdvanceAsync("2024-04-02T00:00:00Z");
        var march = (await gateway.Admin.GetAsync("/v1/statistics/mrr-movements?from=2024-03-01&to=2024-03-31")).Expect(200).Data.Single();
        Assert.Equal(
            (1000, 500, 1500),
            (march.GetProperty("start").GetInt32(), march.GetProperty("expansion").GetInt32(), march.GetProperty("end").GetInt32()));
    }

    [Fact]
    public async Task A_day_is_that_of_the_products_time_zone()
    {
        await gateway.SellAsync(productFields: ",\"time_zone\":\"America/Sao_Paulo\"");
        await gateway.SubscribeAsync("s");
        await gateway.AdvanceAsync("2024-05-01T02:30:00Z");
        await gateway.AskAsync("s", "cancel", """{"at":"now"}""");

        Assert.Equal(1, (await FiguresAsync("from=2024-04-30&to=2024-04-30")).Number("canceled"));
        Assert.Equal(0, (await FiguresAsync("from=2024-05-01&to=2024-05-01")).Number("canceled"));

        // For one product, today is in its time zone.
        Assert.Equal("2024-04-30", (await FiguresAsync("product_id=gold_product")).String("to"));
        Assert.Equal("2024-04-30", (await FiguresAsync("offer_id=gold_offer")).String("to"));
        Assert.Equal("2024-05-01", (await FiguresAsync("")).String("to"));
        (await gateway.Admin.PostAsync("/v1/products", """{"id":"gold_product","seller_id":"acme","name":"gold","time_zone":"UTC"}"""))
            .ExpectProblem(409, "product_exists", "id");
    }

    [Fact]
    public async Task A_fixed_term_that_ran_out_is_completed_everywhere_and_canceled_nowhere()
    {
        await gateway.SellAsync(planFields: ",\"recurrences\":1");
        await gateway.SubscribeAsync("s");
        await gateway.AdvanceAsync("2024-03-01T00:00:00Z");

        var figures = await FiguresAsync("from=2024-02-01");
        Assert.Equal(
            (0, 1, 1, 0),
            (figures.Number("canceled"), figures.Number("completed"), figures.Number("current_at_start"), figures.Number("current")));
        var february = (await gateway.Admin.GetAsync("/v1/statistics/mrr-movements?from=2024-02-01")).Expect(200).Data.First();
        Assert.Equal((-2990, 0), (february.GetProperty("completed").GetInt32(), february.GetProperty("churn").GetInt32()));
        var cohort = (await gateway.Admin.GetAsync("/v1/statistics/cohorts?from=2024-01-01&to=2024-02-29")).Expect(200).Data.First()
            .GetProperty("retained")[1];
        Assert.Equal((0, 1), (cohort.GetProperty("count").GetInt32(), cohort.GetProperty("completed").GetInt32()));
        Assert.Equal("""{"rate":null,"numerator":0,"denominator":0}""", await RatioAsync("renewal_rate"));
    }

    [Fact]
    public async Task A_reactivation_is_new_in_no_view()
    {
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        await gateway.AskAsync("s", "cancel", """{"at":"now"}""");
        await gateway.AdvanceAsync("2024-03-10T00:00:00Z");
        await gateway.AskAsync("s", "reactivate");

        var march = await FiguresAsync("from=2024-03-01");
        Assert.Equal((0, 1, 1), (march.Number("new"), march.Number("reactivated"), march.Number("current")));
        var day = (await gateway.Admin.GetAsync("/v1/statistics/cancellations/daily?from=2024-03-10&to=2024-03-10"))
            .Expect(200).Data.Single();
        Assert.Equal((0, 1), (day.GetProperty("new").GetInt32(), day.GetProperty("reactivated").GetInt32()));
        var month = (await gateway.Admin.GetAsync("/v1/statistics/cancellations/monthly?from=2024-03-01")).Expect(200).Data.Single();
        Assert.Equal((0, 1), (month.GetProperty("new").GetInt32(), month.GetProperty("reactivated").GetInt32()));
        var movements = (await gateway.Admin.GetAsync("/v1/statistics/mrr-movements?from=2024-03-01")).Expect(200).Data.Single();
        Assert.Equal((0, 2990), (movements.GetProperty("new").GetInt32(), movements.GetProperty("reactivation").GetInt32()));
    }

    [Fact]
    public async Task A_ratio_belongs_to_the_day_of_its_denominator()
    {
        await gateway.SellAsync();
        foreach (var id in (string[])["stays", "leaves", "owes"]) await gateway.SubscribeAsync(id);
        await gateway.AskAsync("leaves", "cancel", """{"at":"period_end"}""");
        (await gateway.Admin.PostAsync("/v1/subscriptions/owes/payment-method", """{"token":"tok_decline_1"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-03-10T00:00:00Z");

        // Three periods ended on 02-29: one was renewed at once, one with a payment on 03-01, one not at all.
        var february = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-02-01&to=2024-02-29")).Expect(200).Json;
        Assert.Equal("""{"rate":0.6666666666666666,"numerator":2,"denominator":3}""", february.GetProperty("renewal_rate").GetRawText());
        Assert.Equal("""{"rate":1,"numerator":2,"denominator":2}""", february.GetProperty("renewal_payment_rate").GetRawText());
        Assert.Equal("""{"rate":1,"numerator":1,"denominator":1}""", february.GetProperty("recovery_rate").GetRawText());
        var march = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-03-01&to=2024-03-10")).Expect(200).Json;
        foreach (var name in (string[])["renewal_rate", "renewal_payment_rate", "recovery_rate"])
            Assert.Equal("""{"rate":null,"numerator":0,"denominator":0}""", march.GetProperty(name).GetRawText());
        var declines = (await gateway.Admin.GetAsync("/v1/statistics/reasons?from=2024-02-01&to=2024-02-29")).Expect(200).Data.Single()
            .GetProperty("declines");
        Assert.Equal(1, Assert.Single(declines.EnumerateArray()).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Affiliates_and_co_producers_are_told_what_they_brought_and_what_was_soon_lost()
    {
        await gateway.SellAsync(
            amount: 10_000,
            offerFields: ",\"split\":[{\"role\":\"platform\",\"party_id\":\"market\",\"percent\":10},{\"role\":\"co_producer\"," +
                "\"party_id\":\"cora\",\"percent\":30},{\"role\":\"affiliate\",\"percent\":20}]");
        foreach (var (id, affiliate) in (ValueTuple<string, string>[])[("a", "ann"), ("b", "ann"), ("c", "bob")])
            await gateway.SubscribeAsync(id, fields: $",\"affiliate_id\":\"{affiliate}\"");
        await gateway.AdvanceAsync("2024-03-10T00:00:00Z");
        await gateway.AskAsync("b", "cancel", """{"at":"now","refund":"full"}""");

        // Six charges of 100.00. cora gets 30.00 of each, an affiliate 20.00. The second charge of b was refunded in full.
        Assert.Equal(
            [
                """{"party_id":"ann","currency":"BRL","activations":2,"renewals":2,"new_mrr":20000,"earned":8000,"refunded":2000""" +
                ""","lost_within_90_days":1}""",
                """{"party_id":"bob","currency":"BRL","activations":1,"renewals":1,"new_mrr":10000,"earned":4000,"refunded":0""" +
                ""","lost_within_90_days":0}""",
                """{"party_id":"cora","currency":"BRL","activations":3,"renewals":3,"new_mrr":30000,"earned":18000,"refunded":3000""" +
                ""","lost_within_90_days":1}""",
            ],
            (await gateway.Admin.GetAsync("/v1/statistics/affiliates?from=2024-01-31")).Expect(200).Data.Select(row => row.GetRawText()));
        var seller = await gateway.AsSellerAsync("acme");
        (await seller.GetAsync("/v1/statistics/affiliates?seller_id=beta")).ExpectProblem(403, "forbidden", "seller_id");
        Assert.Equal(["bob"], await PartiesAsync(seller, "&party_id=bob"));
        Assert.Empty(await PartiesAsync(seller, "&party_id=nobody"));

        var ann = await gateway.AsPartnerAsync("ann");
        Assert.Equal(["ann"], await PartiesAsync(ann));
        Assert.Equal(["ann"], await PartiesAsync(ann, "&party_id=ann&seller_id=acme"));
        Assert.Empty(await PartiesAsync(ann, "&seller_id=beta"));
        Assert.Empty(await PartiesAsync(await gateway.AsPartnerAsync("nobody")));
        (await ann.GetAsync("/v1/statistics/affiliates?party_id=bob")).ExpectProblem(403, "forbidden", "party_id");
        (await ann.GetAsync("/v1/statistics/reasons")).ExpectProblem(403, "forbidden");
        Assert.Empty(await PartiesAsync(await gateway.AsSellerAsync("beta")));

        static async Task<IEnumerable<string?>> PartiesAsync(ApiClient client, string more = "") =>
            (await client.GetAsync($"/v1/statistics/affiliates?from=2024-01-31{more}")).Expect(200).Data
                .Select(row => row.GetProperty("party_id").GetString());
    }

    [Fact]
    public async Task Every_field_is_defined_in_the_description()
    {
        var schemas = (await gateway.As(null).GetAsync("/openapi/v1.json")).Expect(200).Json.GetProperty("components")
            .GetProperty("schemas");
        foreach (var (schema, field, words) in (ValueTuple<string, string, string>[])
        [
            ("CancellationFigures", "canceled", "Subscribers who were canceled"),
            ("CancellationFigures", "ltv", "net of tax and of refunds. A later refund changes it"),
            ("CancellationFigures", "churn_rolling_base", "current_at_start + new + reactivated"),
            ("Summary", "renewal_rate", "periods that ended"),
            ("Daily", "trials_lost", "during their trial"), ("Affiliate", "lost_within_90_days", "within 90 days"),
        ])
            Assert.Contains(
                words, schemas.GetProperty(schema).GetProperty("properties").GetProperty(field).GetProperty("description").GetString(),
                StringComparison.Ordinal);
    }

    private async Task<Reply> FiguresAsync(string question) =>
        (await gateway.Admin.GetAsync($"/v1/statistics/cancellations?{question}")).Expect(200);

    private async Task<string> RatioAsync(string name) =>
        (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-01-31")).Expect(200).Json.GetProperty(name).GetRawText();

    private static double Double(Reply reply, string name) => reply.Json.GetProperty(name).GetDouble();
}
