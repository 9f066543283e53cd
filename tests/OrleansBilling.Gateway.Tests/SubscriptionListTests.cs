using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The list of subscriptions by ranges, orders, mail address, payment method and metadata.</summary>
public sealed class SubscriptionListTests
{
    [Fact]
    public async Task Subscriptions_are_listed_by_ranges_in_their_order()
    {
        await using var gateway = await FourSubscriptionsAsync();

        await ListedAsync(gateway.Admin, "created_from=2024-02-05T00:00:00Z", "bob_b", "bob_c", "carl");
        await ListedAsync(gateway.Admin, "created_from=2024-02-05T00:00:00Z&created_to=2024-02-10T00:00:00Z", "bob_b");
        await ListedAsync(gateway.Admin, "created_to=2024-02-10T00:00:00Z&order_by=-created_at", "bob_b", "ann");
        await ListedAsync(gateway.Admin, "order_by=created_at", "ann", "bob_b", "bob_c", "carl");
        await ListedAsync(gateway.Admin, "order_by=-created_at&seller_id=acme", "carl", "bob_b", "ann");
        await ListedAsync(gateway.Admin, "order_by=-id", "carl", "bob_c", "bob_b", "ann");
        await ListedAsync(gateway.Admin, "order_by=next_billing_at", "ann", "bob_c", "carl");
        await ListedAsync(gateway.Admin, "next_billing_from=2024-03-09T00:00:00Z", "bob_c", "carl");
        await ListedAsync(gateway.Admin, "next_billing_to=2024-03-09T00:00:00Z&product_id=gold_product", "ann");
        await ListedAsync(gateway.Admin, "order_by=canceled_at", "bob_b");
        await ListedAsync(
            gateway.Admin, "canceled_from=2024-02-11T00:00:00Z&created_from=2024-02-01T00:00:00Z&order_by=-canceled_at", "bob_b");
        await ListedAsync(gateway.Admin, "canceled_from=2024-02-13T00:00:00Z");
    }

    [Fact]
    public async Task Subscriptions_are_found_by_what_an_integrator_has_at_hand()
    {
        await using var gateway = await FourSubscriptionsAsync();

        await ListedAsync(gateway.Admin, "customer_email=BOB@example.com", "bob_b", "bob_c");
        await ListedAsync(gateway.Admin, "customer_email=bob@example.com,ann@example.com&customer_id=ann,carl", "ann");
        await ListedAsync(gateway.Admin, "customer_email=bob@example.com&order_by=-created_at&status=active", "bob_c");
        await ListedAsync(gateway.Admin, "customer_email=nobody@example.com");
        await ListedAsync(gateway.Admin, "payment_token=tok_refund_declined", "ann", "carl");
        await ListedAsync(gateway.Admin, "payment_token=tok_refund_declined&order_by=-created_at&seller_id=acme,other", "carl", "ann");
        await ListedAsync(gateway.Admin, "metadata[campaign]=june", "ann", "bob_c", "carl");
        await ListedAsync(gateway.Admin, "metadata[campaign]=june&metadata[desk]=7%2C%20left&seller_id=acme", "carl");
        await ListedAsync(
            gateway.Admin, "metadata%5Bcampaign%5D=june&created_from=2024-02-05T00:00:00Z&order_by=-created_at", "carl", "bob_c");
        await ListedAsync(gateway.Admin, "metadata[campaign]=may");
        await ListedAsync(gateway.Admin, "status=active,canceled&product_id=gold_product,silver_product", "ann", "bob_b", "bob_c", "carl");
        await ListedAsync(gateway.Admin, "status=canceled&plan_id=gold_plan&offer_id=gold_offer,silver_offer", "bob_b");
    }

    [Fact]
    public async Task A_change_moves_a_subscription_within_its_orders_at_once()
    {
        await using var gateway = await FourSubscriptionsAsync();
        await ListedAsync(gateway.Admin, "payment_token=tok_refund_declined", "ann", "carl");

        (await gateway.Admin.PostAsync("/v1/subscriptions/ann/payment-method", """{"token":"tok_ok"}""")).Expect(200);
        (await gateway.Admin.PostAsync("/v1/subscriptions/bob_c/pause", """{"at":"now"}""")).Expect(200);
        var labels = """{"metadata":{"campaign":null,"desk":"8"}}""";
        (await gateway.Admin.SendAsync(HttpMethod.Patch, "/v1/subscriptions/ann", labels)).Expect(200);
        (await gateway.Admin.PostAsync("/v1/subscriptions/carl/cancel", """{"at":"now"}""")).Expect(200);

        await ListedAsync(gateway.Admin, "payment_token=tok_refund_declined", "carl");
        await ListedAsync(gateway.Admin, "order_by=next_billing_at", "ann");
        await ListedAsync(gateway.Admin, "order_by=-canceled_at", "carl", "bob_b");
        await ListedAsync(gateway.Admin, "order_by=created_at&status=paused", "bob_c");
        await ListedAsync(gateway.Admin, "metadata[campaign]=june", "bob_c", "carl");
        await ListedAsync(gateway.Admin, "metadata[desk]=8", "ann");
    }

    [Fact]
    public async Task Everybody_finds_only_their_own()
    {
        await using var gateway = await FourSubscriptionsAsync();
        var (acme, other) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));
        var bob = await gateway.AsCustomerAsync("bob");
        await ListedAsync(gateway.Admin, "order_by=created_at", "ann", "bob_b", "bob_c", "carl");

        await ListedAsync(acme, "metadata[campaign]=june", "ann", "carl");
        await ListedAsync(other, "metadata[campaign]=june", "bob_c");
        await ListedAsync(other, "customer_email=bob@example.com", "bob_c");
        await ListedAsync(other, "customer_email=ann@example.com");
        await ListedAsync(other, "payment_token=tok_refund_declined");
        await ListedAsync(other, "order_by=next_billing_at", "bob_c");
        await ListedAsync(bob, "order_by=-created_at", "bob_c", "bob_b");
        await ListedAsync(bob, "payment_token=tok_refund_declined");
        await ListedAsync(bob, "customer_email=ann@example.com");
        (await other.GetAsync("/v1/subscriptions?order_by=created_at&seller_id=acme")).ExpectProblem(403, "forbidden", "seller_id");
        (await bob.GetAsync("/v1/subscriptions?order_by=created_at&customer_id=ann")).ExpectProblem(403, "forbidden", "customer_id");
    }

    [Theory]
    [InlineData("order_by=name", "invalid_value", "order_by")]
    [InlineData("order_by=id&created_from=2024-02-01T00:00:00Z", "invalid_value", "order_by")]
    [InlineData("order_by=next_billing_at&metadata[a]=b", "invalid_value", "order_by")]
    [InlineData("order_by=-id&payment_token=tok_ok", "invalid_value", "order_by")]
    [InlineData("created_from=yesterday", "invalid_instant", "created_from")]
    [InlineData("canceled_from=2024-02-02T00:00:00Z&canceled_to=2024-02-01T00:00:00Z", "out_of_range", "canceled_to")]
    [InlineData("next_billing_from=2024-02-01T00:00:00Z&next_billing_to=2024-02-01T00:00:00Z", "out_of_range", "next_billing_to")]
    [InlineData("payment_token=", "invalid_token", "payment_token")]
    [InlineData("customer_email=bob", "invalid_email", "customer_email")]
    [InlineData("status=active,active,gone", "invalid_value", "status")]
    [InlineData("metadata[a]=1&metadata[b]=1&metadata[c]=1&metadata[d]=1&metadata[e]=1&metadata[f]=1", "out_of_range", "metadata")]
    [InlineData("order_by=created_at&cursor=MXg", "invalid_cursor", "cursor")]
    [InlineData("order_by=created_at&cursor=MXN1YnNjcmlwdGlvbnMvY3JlYXRlZF9hdC8tOTIyMzM3MjAzNjg1NDc3NTgwOC94", "invalid_cursor", "cursor")]
    public async Task What_is_wrong_with_a_query_is_named(string query, string code, string field)
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.GetAsync($"/v1/subscriptions?{query}")).ExpectProblem(422, code, field);
    }

    [Theory]
    [InlineData("metadata=x", "metadata")]
    [InlineData("metadata[]=x", "metadata[]")]
    [InlineData("metadata[a=x", "metadata[a")]
    [InlineData("meta[a]=x", "meta[a]")]
    public async Task Metadata_has_its_name_in_brackets(string query, string field)
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.GetAsync($"/v1/subscriptions?{query}")).ExpectProblem(400, "unknown_field", field);
        (await gateway.Admin.GetAsync("/v1/products?metadata[a]=x")).ExpectProblem(400, "unknown_field", "metadata[a]");
    }

    [Fact]
    public async Task A_cursor_is_for_its_own_order()
    {
        await using var gateway = await FourSubscriptionsAsync();
        await ListedAsync(gateway.Admin, "order_by=created_at", "ann", "bob_b", "bob_c", "carl");
        foreach (var (order, others) in new (string, string[])[]
        {
            ("created_at", ["-created_at", "next_billing_at", "id"]), ("-id", ["id", "created_at"]), ("id", ["-id"]),
        })
        {
            var cursor = (await gateway.Admin.GetAsync($"/v1/subscriptions?limit=1&order_by={order}")).Expect(200).String("next_cursor");
            (await gateway.Admin.GetAsync($"/v1/subscriptions?order_by={order}&cursor={cursor}")).Expect(200);
            foreach (var other in others)
            {
                (await gateway.Admin.GetAsync($"/v1/subscriptions?order_by={other}&cursor={cursor}"))
                    .ExpectProblem(422, "invalid_cursor", "cursor");
            }
        }
    }

    [Fact]
    public async Task A_mail_address_of_too_many_customers_is_asked_for_by_customer()
    {
        await using var gateway = await TestGateway.StartAsync();
        for (var n = 0; n <= 200; n++)
            (await gateway.Admin.PostAsync("/v1/customers", $$"""{"id":"c{{n}}","email":"shared@example.com"}""")).Expect(201);
        (await gateway.Admin.GetAsync("/v1/subscriptions?customer_email=shared@example.com"))
            .ExpectProblem(422, "out_of_range", "customer_email");
        Assert.Empty(
            (await gateway.Admin.GetAsync("/v1/subscriptions?customer_email=SHARED@example.com&customer_id=c1,c2")).Expect(200).Data);
    }

    /// <summary>Three subscriptions at acme, of which one is canceled, and one of Bob at another seller.</summary>
    private static async Task<TestGateway> FourSubscriptionsAsync()
    {
        var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SellAsync("silver", seller: "other");
        await SubscribeAsync("ann", "gold_offer", "ann", "tok_refund_declined", """{"campaign":"june","desk":"7"}""");
        await gateway.AdvanceAsync("2024-02-05T00:00:00Z");
        await SubscribeAsync("bob_b", "gold_offer", "bob", "tok_ok", "{}");
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        await SubscribeAsync("bob_c", "silver_offer", "bob", "tok_ok", """{"campaign":"june"}""");
        await gateway.AdvanceAsync("2024-02-12T00:00:00Z");
        (await gateway.Admin.PostAsync("/v1/subscriptions/bob_b/cancel", """{"at":"now"}""")).Expect(200);
        await SubscribeAsync("carl", "gold_offer", "carl", "tok_refund_declined", """{"campaign":"june","desk":"7, left"}""");
        return gateway;

        async Task SubscribeAsync(string id, string offer, string customer, string token, string metadata)
        {
            var body = $$"""
                {"id":"{{id}}","offer_id":"{{offer}}","customer":{"id":"{{customer}}","email":"{{customer}}@example.com"},
                 "payment_method":{"token":"{{token}}"},"metadata":{{metadata}}}
                """;
            (await gateway.Admin.PostAsync("/v1/subscriptions", body)).Expect(201);
            await gateway.SettleAsync();
        }
    }

    /// <summary>Waits until a list shows exactly these subscriptions, page by page.</summary>
    private static Task<List<JsonElement>> ListedAsync(ApiClient client, string filter, params string[] ids) => Eventually.ReadAsync(
        async () =>
        {
            var all = new List<JsonElement>();
            for (var cursor = ""; ;)
            {
                var page = (await client.GetAsync($"/v1/subscriptions?limit=1&{filter}{cursor}")).Expect(200);
                all.AddRange(page.Data);
                if (page.IsNull("next_cursor")) return all;
                cursor = $"&cursor={page.String("next_cursor")}";
            }
        },
        all => all.Select(one => one.GetProperty("id").GetString()).SequenceEqual(ids),
        TimeSpan.FromSeconds(10));
}
