using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>A request with several faults hears of all of them at once; the first is also that of the problem.</summary>
public sealed class FaultListTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Active = "/v1/subscriptions/active";

    /// <summary>Method, path, body, and the faults as "field code", in order.</summary>
    public static TheoryData<string, string, string, string[]> Bodies => new()
    {
        { "POST", "/v1/products", """{"id":"a b","seller_id":"","name":"","time_zone":"Mars"}""",
            ["id invalid_id", "seller_id invalid_id", "name empty", "time_zone unknown_time_zone"] },
        { "POST", "/v1/products", """{"seller_id":"s","name":"n","dunning":{"max_retries":-1,"schedule_days":[0,1,91]}}""",
            ["dunning.max_retries out_of_range", "dunning.schedule_days[0] out_of_range", "dunning.schedule_days[2] out_of_range"] },
        { "POST", "/v1/products",
            """{"seller_id":"s","name":"n","tax":{"inclusive":true,"rates":[{"country":"XX","name":"","percent":101}]}}""",
            ["tax.rates[0].country unknown_country", "tax.rates[0].name empty", "tax.rates[0].percent out_of_range"] },
        { "POST", "/v1/products",
            """{"seller_id":"s","name":"n","loyalty":{"after_recurrences":0,"recurrences":1,"percent":0,"amount":0}""" +
            ""","voucher":{"valid_days":0,"reminder_days":9}}""",
            ["loyalty.after_recurrences out_of_range", "loyalty.amount ambiguous", "loyalty.percent out_of_range",
                "loyalty.amount out_of_range", "voucher.valid_days out_of_range"] },
        { "POST", "/v1/products",
            """{"seller_id":"s","name":"n","retention":{"control_percent":101,"offers":[{"id":"a b"},{"id":"a b"}]}}""",
            ["retention.control_percent out_of_range", "retention.offers[0].id invalid_id", "retention.offers[0].discount required",
                "retention.offers[1].id duplicate", "retention.offers[1].id invalid_id", "retention.offers[1].discount required"] },
        { "POST", "/v1/plans",
            """{"id":"/","product_id":"p","name":"n","interval":{"unit":"month","count":0},"trial_days":-1,"installments":9}""",
            ["id invalid_id", "interval.count out_of_range", "trial_days out_of_range"] },
        { "POST", "/v1/offers", """{"plan_id":"?","amount":-1,"currency":"XXQ","addons":[{"id":"!","name":"n","amount":-1}]}""",
            ["plan_id invalid_id", "amount out_of_range", "addons[0].id invalid_id", "addons[0].amount out_of_range",
                "currency unknown_currency"] },
        { "POST", "/v1/offers", """{"plan_id":"p","amount":1,"currency":"BRL","split":[{"role":"co_producer","percent":60},""" +
            """{"role":"affiliate","percent":60,"amount":1}],"meters":[{"id":"m","name":"","aggregation":"sum","pricing":"volume",""" +
            """ "tiers":[{"price":{"amount":-1}},{"up_to":3,"price":{"amount":1}}]}]}""",
            ["meters[0].name empty", "meters[0].tiers[0].up_to required", "meters[0].tiers[0].price.amount out_of_range",
                "meters[0].tiers[1].up_to last_tier_open", "split[0].party_id required", "split[1].amount ambiguous",
                "split[1].percent out_of_range"] },
        { "PUT", "/v1/offers/gold_offer", """{"amount":-1,"currency":"USD","plan_id":"other"}""",
            ["amount out_of_range", "currency immutable", "plan_id immutable"] },
        { "POST", "/v1/coupons", """{"code":"#","seller_id":"s","duration":"repeating","redemptions_max":0}""",
            ["code invalid_id", "percent required", "recurrences required", "redemptions_max out_of_range"] },
        { "POST", "/v1/subscriptions", """{"id":"a b","offer_id":"#","customer":{"id":"","email":"nobody","country":"ZZ"},""" +
            """ "payment_method":{"token":""},"trial_days":-1,"quantity":0,"metadata":{"":"v","k":"\u0007"}}""",
            ["id invalid_id", "offer_id invalid_id", "customer.id invalid_id", "customer.email invalid_email",
                "payment_method.token invalid_token", "trial_days out_of_range", "customer.country unknown_country",
                "quantity out_of_range", "metadata. empty",
                "metadata.k invalid_text"] },
        { "POST", $"{Active}/cancel", """{"at":"now","reason":"Too Dear","comment":"\u0007"}""",
            ["reason invalid_reason", "comment invalid_text"] },
        { "POST", $"{Active}/extend-trial", """{"trial_end":"2024-03-01T00:00:00Z","days":0}""", ["days ambiguous", "days out_of_range"] },
        { "POST", $"{Active}/payment-method", """{"token":"","payment_method":{"token":""}}""",
            ["payment_method ambiguous", "token invalid_token", "payment_method.token invalid_token"] },
        { "POST", $"{Active}/change-plan", """{"offer_id":"#","quantity":0,"at":"now","addons":[{"id":"a","quantity":0},{"id":"a"}]}""",
            ["offer_id invalid_id", "quantity out_of_range", "addons[0].quantity out_of_range", "addons[1].id duplicate"] },
        { "POST", $"{Active}/change-plan/preview", """{"offer_id":"#","quantity":0,"at":"now"}""",
            ["offer_id invalid_id", "quantity out_of_range"] },
        { "POST", $"{Active}/billing-date", "{}", ["next_billing_at required"] },
        { "POST", $"{Active}/billing-date/preview", "{}", ["next_billing_at required"] },
        { "POST", $"{Active}/reactivate", """{"payment_method":{"token":""}}""", ["payment_method.token invalid_token"] },
        { "POST", $"{Active}/apply-coupon", """{"coupon":""}""", ["coupon invalid_id"] },
        { "POST", $"{Active}/give", """{"recurrences":0}""", ["recurrences out_of_range"] },
        { "POST", $"{Active}/retention", """{"reason":"?"}""", ["reason invalid_reason"] },
        { "POST", $"{Active}/usage", """{"events":[{"id":"1","meter":"m"},{"id":"#","meter":"","quantity":-1},{"id":"#","meter":"m"}]}""",
            ["events[1].id invalid_id", "events[1].meter invalid_id", "events[1].quantity out_of_range", "events[2].id invalid_id"] },
        { "POST", $"{Active}/usage", """{"events":[null,{"id":"1","meter":"m"},null]}""",
            ["events[0] wrong_type", "events[2] wrong_type"] },
        { "POST", $"{Active}/invoices/1/refund", """{"amount":0,"lines":[{"line":0,"amount":0}],"reason":"\u0007"}""",
            ["amount out_of_range", "lines[0].line out_of_range", "lines[0].amount out_of_range", "reason invalid_text"] },
        { "POST", $"{Active}/invoices/1/refund", """{"lines":[null]}""", ["lines[0] wrong_type"] },
        { "POST", "/v1/payments/confirm", """{"key":"k","outcome":"succeeded","code":"A B","hard":true}""",
            ["code invalid_reason", "code ambiguous", "hard ambiguous"] },
        { "POST", "/v1/payments/chargebacks", """{"key":"k","reason":"","amount":0}""", ["reason empty", "amount out_of_range"] },
        { "POST", "/v1/messages/remove", """{"positions":[]}""", ["positions out_of_range"] },
        { "POST", "/v1/api-keys", """{"role":"admin","seller_id":"#","expires_in_seconds":0}""",
            ["seller_id invalid_id", "expires_in_seconds out_of_range", "seller_id ambiguous"] },
        { "POST", "/v1/console-links", """{"role":"seller","party_id":"#"}""",
            ["party_id invalid_id", "seller_id required", "party_id ambiguous"] },
        { "POST", "/v1/customer-tokens", """{"customer_id":"","expires_in_seconds":0}""",
            ["customer_id invalid_id", "expires_in_seconds out_of_range"] },
        { "POST", "/v1/simulations",
            """{"months":0,"offer_id":"#","payment_success_percent":101,""" +
            """ "changes":{"offers":[{"offer_id":"#","amount":-1,"percent_change":1.23456}]}}""",
            ["months out_of_range", "offer_id invalid_id", "payment_success_percent out_of_range", "changes.offers[0].offer_id invalid_id",
                "changes.offers[0].percent_change ambiguous", "changes.offers[0].amount out_of_range",
                "changes.offers[0].percent_change too_precise"] },
    };

    /// <summary>Bodies that do not match the contract: content is checked only when the shape is right.</summary>
    public static TheoryData<string, string, string[]> Shapes => new()
    {
        { "/v1/products", """{"id":7,"colour":"red","name":null,"dunning":{"schedule_days":["1",2,true],"retries":1}}""",
            ["id wrong_type", "colour unknown_field", "name required", "dunning.schedule_days[0] wrong_type",
                "dunning.schedule_days[2] wrong_type", "dunning.retries unknown_field", "seller_id required"] },
        { "/v1/subscriptions", """{"customer":{},"start_at":"soon","metadata":{"a":1,"b":2}}""",
            ["customer.id required", "start_at invalid_instant", "metadata.a wrong_type", "metadata.b wrong_type", "offer_id required"] },
        { $"{Active}/cancel", """{"at":"later","refund":"all","at":"now"}""",
            ["at invalid_value", "refund invalid_value", "at duplicate_field"] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task All_faults_of_a_body_are_listed(string method, string path, string body, string[] faults) =>
        ExpectFaults(await shared.Gateway.Admin.SendAsync(new HttpMethod(method), path, body), faults);

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task All_faults_of_its_shape_are_listed(string path, string body, string[] faults) =>
        ExpectFaults(await shared.Gateway.Admin.PostAsync(path, body), faults);

    [Fact]
    public async Task All_faults_of_a_query_are_listed()
    {
        ExpectFaults(
            await shared.Gateway.Admin.GetAsync("/v1/subscriptions?status=asleep&seller_id=%23&limit=201&cursor=!"),
            ["status invalid_value", "seller_id invalid_id", "limit out_of_range", "cursor invalid_cursor"]);
        ExpectFaults(
            await shared.Gateway.Admin.GetAsync("/v1/subscriptions?colour=red&limit=1&limit=2"),
            ["colour unknown_field", "limit duplicate_field"]);
    }

    [Fact]
    public async Task All_faults_of_a_line_are_listed()
    {
        var answer = await shared.Gateway.Admin.StreamAsync(
            """{"type":"cancel","subscription_id":"#","idempotency_key":"","at":"now","reason":"?","comment":"\u0007"}""",
            """{"type":"subscribe","subscription_id":"#","offer_id":"#","customer":{"id":""}}""");
        var lines = answer.Expect(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("error")).ToList();
        ExpectFaults(
            lines[0],
            ["subscription_id invalid_id", "idempotency_key invalid_idempotency_key", "reason invalid_reason", "comment invalid_text"]);
        ExpectFaults(lines[1], ["subscription_id invalid_id", "offer_id invalid_id", "customer.id invalid_id"]);
    }

    [Fact]
    public async Task A_refusal_of_one_field_is_a_list_of_one()
    {
        var refused = await shared.Customer.PostAsync($"{Active}/apply-coupon", """{"coupon":"nothing"}""");
        refused.Expect(422);
        Assert.Equal(refused.Code, Assert.Single(refused.Json.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_list_has_a_bound()
    {
        var events = string.Join(',', Enumerable.Repeat("""{"id":"#","meter":"#"}""", 1_000));
        var reply = (await shared.Gateway.Admin.PostAsync($"{Active}/usage", $$"""{"events":[{{events}}]}""")).Expect(422);
        Assert.Equal(100, reply.Json.GetProperty("errors").GetArrayLength());

        var fields = string.Join(',', Enumerable.Range(0, 1_000).Select(n => $"\"f{n}\":1"));
        var shapeless = (await shared.Gateway.Admin.PostAsync("/v1/products", $"{{{fields}}}")).Expect(400);
        Assert.Equal(100, shapeless.Json.GetProperty("errors").GetArrayLength());
    }

    private static void ExpectFaults(Reply reply, string[] faults)
    {
        Assert.True(reply.Status is 400 or 422, reply.Text);
        ExpectFaults(reply.Json, faults);
    }

    private static void ExpectFaults(JsonElement problem, string[] faults)
    {
        var errors = problem.GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal(faults, errors.Select(Of));
        Assert.Equal(faults[0], Of(problem));
        Assert.Equal(problem.GetProperty("detail").GetString(), errors[0].GetProperty("detail").GetString());
        Assert.All(errors, error => Assert.False(string.IsNullOrWhiteSpace(error.GetProperty("detail").GetString())));

        static string Of(JsonElement fault) => $"{fault.GetProperty("field").GetString()} {fault.GetProperty("code").GetString()}";
    }
}
