using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Taxes, rewards, retention offers, vouchers, add-ons, meters and splits in the catalog.</summary>
public sealed class MarketCatalogTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Product = "/v1/products";
    private const string Plan = "/v1/plans";
    private const string Offer = "/v1/offers";

    [Fact]
    public async Task A_product_shows_its_rules()
    {
        var made = (await shared.Gateway.Admin.PostAsync(
            Product,
            """
            {"id":"rules","seller_id":"acme","name":"R",
             "tax":{"inclusive":true,"rates":[{"country":"BR","name":"ISS","percent":5},{"country":"BR","name":"PIS","percent":0.65},
              {"name":"VAT","percent":0}]},
             "loyalty":{"after_recurrences":6,"percent":33.333,"recurrences":1},
             "retention":{"seed":7,"control_percent":10,"explore_percent":20,"offers":[{"id":"a","discount":{"amount":500,
              "recurrences":3}},{"id":"b","reasons":["no_time"],"paid_recurrences_min":2,"pause_days":60}]},
             "voucher":{"valid_days":1},"on_chargeback":"keep"}
            """)).Expect(201);
        Assert.EndsWith(
            """
            "tax":{"inclusive":true,"rates":[{"country":"BR","name":"ISS","percent":5},{"country":"BR","name":"PIS","percent":0.65},
            {"country":null,"name":"VAT","percent":0}]},
            "loyalty":{"after_recurrences":6,"percent":33.333,"amount":null,"recurrences":1,"repeats":false},
            "retention":{"seed":7,"control_percent":10,"explore_percent":20,"quiet_days":180,"offers":[{"id":"a","reasons":[],
            "paid_recurrences_min":0,"discount":{"percent":null,"amount":500,"recurrences":3},"pause_days":null,"offer_id":null},
            {"id":"b","reasons":["no_time"],"paid_recurrences_min":2,"discount":null,"pause_days":60,"offer_id":null}]},
            "voucher":{"valid_days":1,"reminder_days":0},"on_chargeback":"keep","archived":false,
            "created_at":"2024-01-31T00:00:00Z"}
            """.Replace("\n", "", StringComparison.Ordinal),
            made.Text, StringComparison.Ordinal);
        Assert.Equal(made.Text, (await shared.Gateway.Admin.GetAsync($"{Product}/rules")).Expect(200).Text);
    }

    [Fact]
    public async Task An_offer_shows_what_it_sells_and_a_new_version_keeps_what_it_does_not_mention()
    {
        var made = (await shared.Gateway.Admin.PostAsync(
            Offer,
            """
            {"id":"full","plan_id":"gold_plan","amount":100,"currency":"BRL",
             "addons":[{"id":"support","name":"Support","amount":0}],
             "meters":[{"id":"calls","name":"Calls","aggregation":"sum","pricing":"volume","included_units":10,
              "tiers":[{"up_to":100,"price":{"amount":3,"per":10},"flat":5},{"price":{"amount":2}}]},
                       {"id":"mail","name":"Mail","aggregation":"unique","pricing":"package","package_units":1000,"price":{"amount":90}}],
             "split":[{"role":"platform","party_id":"market","percent":9.9},{"role":"affiliate","percent":90.1},{"role":"co_producer",
              "party_id":"bob","amount":5}]}
            """)).Expect(201);
        var sells =
            """
            "addons":[{"id":"support","name":"Support","amount":0}],
            "meters":[{"id":"calls","name":"Calls","aggregation":"sum","pricing":"volume","price":null,"package_units":null,
            "included_units":10,"tiers":[{"up_to":100,"price":{"amount":3,"per":10},"flat":5},{"up_to":null,"price":{"amount":2,"per":1},
            "flat":0}]},
            {"id":"mail","name":"Mail","aggregation":"unique","pricing":"package","price":{"amount":90,"per":1},"package_units":1000,
            "included_units":0,"tiers":[]}],
            "split":[{"role":"platform","party_id":"market","percent":9.9,"amount":null},{"role":"affiliate","party_id":null,"percent":90.1,
            "amount":null},{"role":"co_producer","party_id":"bob","percent":null,"amount":5}],"customers_may_choose":true,
            "archived":false,"created_at":"2024-01-31T00:00:00Z"}
            """.Replace("\n", "", StringComparison.Ordinal);
        Assert.Equal("""{"id":"full","version":1,"plan_id":"gold_plan","amount":100,"currency":"BRL",""" + sells, made.Text);
        Assert.Equal(
            """{"id":"full","version":2,"plan_id":"gold_plan","amount":200,"currency":"BRL",""" + sells,
            (await PutAsync("""{"amount":200}""")).Expect(200).Text);

        var third = (await PutAsync("""{"amount":200,"addons":[],"meters":[],"split":[],"customers_may_choose":true}""")).Expect(200);
        Assert.Equal(
            """{"id":"full","version":3,"plan_id":"gold_plan","amount":200,"currency":"BRL","addons":[],"meters":[],"split":[]""" +
            ""","customers_may_choose":true,"archived":false,"created_at":"2024-01-31T00:00:00Z"}""",
            third.Text);
        Assert.Equal(third.Text, (await shared.Gateway.Admin.GetAsync($"{Offer}/full")).Expect(200).Text);
        (await PutAsync("""{"amount":200,"split":[{"role":"platform","percent":1}]}"""))
            .ExpectProblem(400, "required", "split[0].party_id");

        Task<Reply> PutAsync(string body) => shared.Gateway.Admin.PutAsync($"{Offer}/full", body);
    }

    [Theory]
    [InlineData("month", 1, 1, true)]
    [InlineData("month", 2, 2, true)]
    [InlineData("year", 1, 12, true)]
    [InlineData("year", 10, 120, true)]
    [InlineData("week", 2, 1, true)]
    [InlineData("week", 52, 2, false)]
    [InlineData("day", 365, 12, false)]
    [InlineData("month", 1, 2, false)]
    public async Task Only_intervals_of_several_months_are_paid_in_installments(string unit, int count, int installments, bool possible)
    {
        var reply = await shared.Gateway.Admin.PostAsync(
            Plan,
            $$$"""
            {"product_id":"gold_product","name":"n","interval":{"unit":"{{{unit}}}","count":{{{count}}}},"installments":{{{installments}}},
             "renewal_alert_days":90}
            """);
        if (possible) Assert.Equal(90, reply.Expect(201).Number("renewal_alert_days"));
        else reply.ExpectProblem(422, "installments_not_possible", "installments");
    }

    [Theory]
    [InlineData("installments", "3", "out_of_range")]
    [InlineData("installments", "0", "out_of_range")]
    [InlineData("renewal_alert_days", "0", "out_of_range")]
    [InlineData("renewal_alert_days", "91", "out_of_range")]
    public async Task A_plan_that_cannot_be_is_refused(string field, string value, string code) =>
        (await shared.Gateway.Admin.PostAsync(
            Plan, $$$"""{"product_id":"gold_product","name":"n","interval":{"unit":"month","count":2},"{{{field}}}":{{{value}}}}"""))
            .ExpectProblem(422, code, field);

    [Theory]
    [InlineData("\"tax\":{\"inclusive\":true}", 400, "required", "tax.rates")]
    [InlineData("\"tax\":{\"rates\":[{\"name\":\"VAT\",\"percent\":1}]}", 400, "required", "tax.inclusive")]
    [InlineData("\"tax\":{\"inclusive\":true,\"rates\":[]}", 422, "out_of_range", "tax.rates")]
    [InlineData("\"tax\":{\"inclusive\":true,\"rates\":[{\"name\":\"VAT\"}]}", 400, "required", "tax.rates[0].percent")]
    [InlineData(
        "\"tax\":{\"inclusive\":true,\"rates\":[{\"name\":\"VAT\",\"percent\":-0.001}]}", 422, "out_of_range", "tax.rates[0].percent")]
    [InlineData(
        "\"tax\":{\"inclusive\":true,\"rates\":[{\"name\":\"VAT\",\"percent\":100.5}]}", 422, "out_of_range", "tax.rates[0].percent")]
    [InlineData(
        "\"tax\":{\"inclusive\":true,\"rates\":[{\"name\":\"VAT\",\"percent\":1,\"country\":\"br\"}]}", 422, "unknown_country",
        "tax.rates[0].country")]
    [InlineData(
        "\"tax\":{\"inclusive\":true,\"rates\":[{\"name\":\"VAT\",\"percent\":1,\"country\":\"UK\"}]}", 422, "unknown_country",
        "tax.rates[0].country")]
    [InlineData(
        "\"tax\":{\"inclusive\":true,\"rates\":[{\"name\":\"VAT\",\"percent\":1},{\"name\":\"VAT\",\"percent\":2}]}", 422, "duplicate",
        "tax.rates[1].name")]
    [InlineData("\"loyalty\":{\"after_recurrences\":6,\"recurrences\":1}", 400, "required", "loyalty.percent")]
    [InlineData("\"loyalty\":{\"after_recurrences\":0,\"percent\":1,\"recurrences\":1}", 422, "out_of_range", "loyalty.after_recurrences")]
    [InlineData("\"loyalty\":{\"after_recurrences\":1,\"percent\":1,\"amount\":1,\"recurrences\":1}", 422, "ambiguous", "loyalty.amount")]
    [InlineData("\"loyalty\":{\"after_recurrences\":1,\"percent\":1,\"recurrences\":1201}", 422, "out_of_range", "loyalty.recurrences")]
    [InlineData("\"retention\":{\"offers\":[]}", 422, "out_of_range", "retention.offers")]
    [InlineData(
        "\"retention\":{\"control_percent\":60,\"explore_percent\":41,\"offers\":[{\"id\":\"a\",\"pause_days\":1}]}", 422, "out_of_range",
        "retention.explore_percent")]
    [InlineData(
        "\"retention\":{\"control_percent\":1.5,\"offers\":[{\"id\":\"a\",\"pause_days\":1}]}", 400, "wrong_type",
        "retention.control_percent")]
    [InlineData(
        "\"retention\":{\"quiet_days\":3651,\"offers\":[{\"id\":\"a\",\"pause_days\":1}]}", 422, "out_of_range", "retention.quiet_days")]
    [InlineData(
        "\"retention\":{\"quiet_days\":-1,\"offers\":[{\"id\":\"a\",\"pause_days\":1}]}", 422, "out_of_range", "retention.quiet_days")]
    [InlineData("\"retention\":{\"offers\":[{\"id\":\"a\"}]}", 400, "required", "retention.offers[0].discount")]
    [InlineData("\"retention\":{\"offers\":[{\"id\":\"a\",\"pause_days\":1,\"offer_id\":\"o\"}]}", 422, "ambiguous", "retention.offers[0]")]
    [InlineData("\"retention\":{\"offers\":[{\"id\":\"a\",\"pause_days\":366}]}", 422, "out_of_range", "retention.offers[0].pause_days")]
    [InlineData(
        "\"retention\":{\"offers\":[{\"id\":\"a\",\"pause_days\":1},{\"id\":\"a\",\"pause_days\":2}]}", 422, "duplicate",
        "retention.offers[1].id")]
    [InlineData(
        "\"retention\":{\"offers\":[{\"id\":\"a\",\"pause_days\":1,\"reasons\":[\"No\"]}]}", 422, "invalid_reason",
        "retention.offers[0].reasons[0]")]
    [InlineData(
        "\"retention\":{\"offers\":[{\"id\":\"a\",\"pause_days\":1,\"reasons\":[null]}]}", 400, "wrong_type",
        "retention.offers[0].reasons[0]")]
    [InlineData(
        "\"retention\":{\"offers\":[{\"id\":\"a\",\"discount\":{\"percent\":0,\"recurrences\":1}}]}", 422, "out_of_range",
        "retention.offers[0].discount.percent")]
    [InlineData("\"voucher\":{\"valid_days\":31}", 422, "out_of_range", "voucher.valid_days")]
    [InlineData("\"voucher\":{\"reminder_days\":3}", 422, "out_of_range", "voucher.reminder_days")]
    [InlineData("\"on_chargeback\":\"fight\"", 422, "invalid_value", "on_chargeback")]
    [InlineData(
        "\"tax\":{\"inclusive\":true,\"rates\":[{\"name\":\"VAT\",\"percent\":1,\"rate\":2}]}", 400, "unknown_field", "tax.rates[0].rate")]
    public async Task A_product_that_cannot_be_is_refused(string rule, int status, string code, string field) =>
        (await shared.Gateway.Admin.PostAsync(Product, $$"""{"seller_id":"acme","name":"n",{{rule}}}"""))
            .ExpectProblem(status, code, field);

    [Theory]
    [InlineData("\"addons\":[{\"id\":\"a\",\"name\":\"A\"}]", 400, "required", "addons[0].amount")]
    [InlineData("\"addons\":[{\"id\":\"a\",\"name\":\"A\",\"amount\":-1}]", 422, "out_of_range", "addons[0].amount")]
    [InlineData(
        "\"addons\":[{\"id\":\"a\",\"name\":\"A\",\"amount\":1},{\"id\":\"a\",\"name\":\"B\",\"amount\":1}]", 422, "duplicate",
        "addons[1].id")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"sum\",\"pricing\":\"per_unit\"}]", 400, "required", "meters[0].price")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"average\",\"pricing\":\"per_unit\",\"price\":{\"amount\":1}}]", 422,
        "invalid_value", "meters[0].aggregation")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"sum\",\"pricing\":\"per_unit\",\"price\":{\"amount\":1,\"per\":0}}]",
        422, "out_of_range", "meters[0].price.per")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"sum\",\"pricing\":\"per_unit\",\"price\":{\"amount\":1}," +
        "\"package_units\":5}]",
        422, "ambiguous", "meters[0].package_units")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"sum\",\"pricing\":\"package\",\"price\":{\"amount\":1}}]", 400,
        "required", "meters[0].package_units")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"sum\",\"pricing\":\"graduated\"}]", 400, "required", "meters[0].tiers")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"sum\",\"pricing\":\"graduated\",\"tiers\":[]}]", 422, "out_of_range",
        "meters[0].tiers")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"sum\",\"pricing\":\"volume\",\"price\":{\"amount\":1}," +
        "\"tiers\":[{\"price\":{\"amount\":1}}]}]",
        422, "ambiguous", "meters[0].price")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"sum\",\"pricing\":\"per_unit\",\"price\":{\"amount\":1}," +
        "\"tiers\":[{\"price\":{\"amount\":1}}]}]",
        422, "ambiguous", "meters[0].tiers")]
    [InlineData(
        "\"meters\":[{\"id\":\"m\",\"name\":\"M\",\"aggregation\":\"sum\",\"pricing\":\"per_unit\",\"price\":{\"amount\":1}}," +
        "{\"id\":\"n\",\"name\":\"N\",\"aggregation\":\"sum\",\"pricing\":\"volume\",\"tiers\":[{\"up_to\":0,\"price\":{\"amount\":1}}," +
        "{\"price\":{\"amount\":1}}]}]",
        422, "out_of_range", "meters[1].tiers[0].up_to")]
    [InlineData(
        "\"meters\":[{\"id\":\"n\",\"name\":\"N\",\"aggregation\":\"sum\",\"pricing\":\"volume\"," +
        "\"tiers\":[{\"up_to\":5,\"price\":{\"amount\":1}},{\"up_to\":5,\"price\":{\"amount\":1}},{\"price\":{\"amount\":1}}]}]",
        422, "out_of_range", "meters[0].tiers[1].up_to")]
    [InlineData(
        "\"meters\":[{\"id\":\"n\",\"name\":\"N\",\"aggregation\":\"sum\",\"pricing\":\"volume\",\"tiers\":[{\"price\":{\"amount\":1}}," +
        "{\"price\":{\"amount\":1}}]}]",
        400, "required", "meters[0].tiers[0].up_to")]
    [InlineData(
        "\"meters\":[{\"id\":\"n\",\"name\":\"N\",\"aggregation\":\"sum\",\"pricing\":\"volume\"," +
        "\"tiers\":[{\"up_to\":5,\"price\":{\"amount\":1}}]}]",
        422, "last_tier_open", "meters[0].tiers[0].up_to")]
    [InlineData(
        "\"meters\":[{\"id\":\"n\",\"name\":\"N\",\"aggregation\":\"sum\",\"pricing\":\"volume\",\"tiers\":[{\"price\":{\"amount\":-1}}]}]",
        422, "out_of_range", "meters[0].tiers[0].price.amount")]
    [InlineData(
        "\"meters\":[{\"id\":\"n\",\"name\":\"N\",\"aggregation\":\"sum\",\"pricing\":\"volume\",\"tiers\":[{\"price\":{\"amount\":1}," +
        "\"flat\":-1}]}]",
        422, "out_of_range", "meters[0].tiers[0].flat")]
    [InlineData("\"meters\":[null]", 400, "wrong_type", "meters[0]")]
    [InlineData("\"split\":[{\"role\":\"platform\",\"percent\":10}]", 400, "required", "split[0].party_id")]
    [InlineData("\"split\":[{\"role\":\"friend\",\"party_id\":\"p\",\"percent\":10}]", 422, "invalid_value", "split[0].role")]
    [InlineData("\"split\":[{\"role\":\"platform\",\"party_id\":\"p\"}]", 400, "required", "split[0].percent")]
    [InlineData(
        "\"split\":[{\"role\":\"platform\",\"party_id\":\"p\",\"percent\":60},{\"role\":\"affiliate\",\"percent\":40.001}]", 422,
        "out_of_range", "split[1].percent")]
    public async Task An_offer_that_cannot_be_is_refused_by_naming_the_field(string sells, int status, string code, string field) =>
        (await shared.Gateway.Admin.PostAsync(Offer, $$"""{"plan_id":"gold_plan","amount":1,"currency":"BRL",{{sells}}}"""))
            .ExpectProblem(status, code, field);

    [Theory]
    [InlineData("addons", 50, "{\"id\":\"x#\",\"name\":\"X\",\"amount\":1}")]
    [InlineData("meters", 20, "{\"id\":\"x#\",\"name\":\"X\",\"aggregation\":\"sum\",\"pricing\":\"per_unit\",\"price\":{\"amount\":1}}")]
    [InlineData("split", 10, "{\"role\":\"co_producer\",\"party_id\":\"x#\",\"amount\":1}")]
    public async Task Lists_of_an_offer_have_a_limit(string field, int most, string entry)
    {
        (await PostAsync(most)).Expect(201);
        var refused = (await PostAsync(most + 1)).ExpectProblem(422, "out_of_range", field);
        Assert.Equal($"{field} must have 0 to {most} entries.", refused.String("detail"));

        Task<Reply> PostAsync(int count) =>
            shared.Gateway.Admin.PostAsync(
                Offer, $$"""{"plan_id":"gold_plan","amount":1,"currency":"BRL","{{field}}":[{{List(count, entry)}}]}""");
    }

    [Fact]
    public async Task Lists_of_a_product_and_of_a_meter_have_a_limit()
    {
        var rate = "{\"country\":\"BR\",\"name\":\"x#\",\"percent\":1}";
        (await TaxAsync(5, rate)).Expect(201);
        (await TaxAsync(6, rate)).ExpectProblem(422, "out_of_range", "tax.rates[5].country");
        (await TaxAsync(501, rate)).ExpectProblem(422, "out_of_range", "tax.rates");
        (await RetentionAsync(20)).Expect(201);
        (await RetentionAsync(21)).ExpectProblem(422, "out_of_range", "retention.offers");
        (await ReasonsAsync(20)).Expect(201);
        (await ReasonsAsync(21)).ExpectProblem(422, "out_of_range", "retention.offers[0].reasons");
        (await TiersAsync(50)).Expect(201);
        (await TiersAsync(51)).ExpectProblem(422, "out_of_range", "meters[0].tiers");

        Task<Reply> TaxAsync(int count, string entry) =>
            shared.Gateway.Admin.PostAsync(
                Product, $$$"""{"seller_id":"acme","name":"n","tax":{"inclusive":true,"rates":[{{{List(count, entry)}}}]}}""");

        Task<Reply> RetentionAsync(int count) => shared.Gateway.Admin.PostAsync(
            Product,
            $$$"""{"seller_id":"acme","name":"n","retention":{"offers":[{{{List(count, "{\"id\":\"x#\",\"pause_days\":1}")}}}]}}""");

        Task<Reply> ReasonsAsync(int count) => shared.Gateway.Admin.PostAsync(
            Product,
            """{"seller_id":"acme","name":"n","retention":{"offers":[{"id":"a","pause_days":1,"reasons":""" +
            $$$"""[{{{List(count, "\"r#\"")}}}]}]}}""");

        Task<Reply> TiersAsync(int count) => shared.Gateway.Admin.PostAsync(
            Offer,
            $$$"""
            {"plan_id":"gold_plan","amount":1,"currency":"BRL","meters":[{"id":"m","name":"M","aggregation":"sum","pricing":"volume",
             "tiers":[{{{List(count - 1, "{\"up_to\":1#,\"price\":{\"amount\":1}}")}}},{"price":{"amount":1}}]}]}
            """);
    }

    [Theory]
    [InlineData("\"quantity\":0", 422, "out_of_range", "quantity")]
    [InlineData("\"quantity\":1000001", 422, "out_of_range", "quantity")]
    [InlineData("\"addons\":[{\"quantity\":1}]", 400, "required", "addons[0].id")]
    [InlineData("\"addons\":[{\"id\":\"nothing\"}]", 422, "unknown_addon", "addons")]
    [InlineData("\"affiliate_id\":\"a b\"", 422, "invalid_id", "affiliate_id")]
    [InlineData("\"coupon\":\"\"", 422, "invalid_id", "coupon")]
    [InlineData("\"coupon\":\"nothing\"", 404, "coupon_not_found", "coupon")]
    public async Task A_subscription_that_cannot_be_is_refused(string fields, int status, string code, string field) =>
        (await shared.Gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("never", fields: "," + fields)))
            .ExpectProblem(status, code, field);

    [Fact]
    public async Task A_customers_country_is_one_of_ISO_3166()
    {
        (await PostAsync("XX")).ExpectProblem(422, "unknown_country", "customer.country");
        Assert.Equal("PT", (await PostAsync("PT")).Expect(201).Json.GetProperty("customer").GetProperty("country").GetString());

        Task<Reply> PostAsync(string country) => shared.Gateway.Admin.PostAsync(
            "/v1/subscriptions",
            $$$"""{"offer_id":"gold_offer","customer":{"id":"a","country":"{{{country}}}"},"payment_method":{"token":"tok_ok"}}""");
    }

    private static string List(int count, string entry) =>
        string.Join(',', Enumerable.Range(0, count).Select(n => entry.Replace("#", $"{n:000}", StringComparison.Ordinal)));
}
