using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Server.Composition;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The invoices of the whole installation: the list, one of them, and its retry.</summary>
public sealed class InvoiceListTests
{
    private static readonly string[] All = ["late:1", "b:1", "a:2", "a:1"];

    [Fact]
    public async Task Invoices_of_all_subscriptions_are_listed_by_every_filter_and_in_pages()
    {
        await using var gateway = await ThreeSubscriptionsAsync();
        var all = await ListedAsync(gateway.Admin, "", All);
        var numbers = all.ToDictionary(invoice => Id(invoice), invoice => invoice.GetProperty("number").GetInt64());

        await ListedAsync(gateway.Admin, "status=paid", "b:1", "a:2", "a:1");
        await ListedAsync(gateway.Admin, "status=open,void", "late:1");
        await ListedAsync(gateway.Admin, "overdue=true", "late:1");
        await ListedAsync(gateway.Admin, "overdue=false&seller_id=acme", "a:2", "a:1");
        await ListedAsync(gateway.Admin, "seller_id=acme", "late:1", "a:2", "a:1");
        await ListedAsync(gateway.Admin, "seller_id=other,acme", All);
        await ListedAsync(gateway.Admin, "customer_id=alice", "a:2", "a:1");
        await ListedAsync(gateway.Admin, "customer_id=alice,bob&status=paid", "b:1", "a:2", "a:1");
        await ListedAsync(gateway.Admin, "subscription_id=a,late,nothing", "late:1", "a:2", "a:1");
        await ListedAsync(gateway.Admin, $"number={numbers["a:1"]}&seller_id=acme", "a:1");
        await ListedAsync(gateway.Admin, "number=1&seller_id=other", "b:1");
        await ListedAsync(gateway.Admin, "created_from=2024-03-05T00:00:00Z", "late:1", "b:1");
        await ListedAsync(gateway.Admin, "created_from=2024-02-29T00:00:00Z&created_to=2024-03-05T00:00:00Z", "a:2");
        await ListedAsync(gateway.Admin, "created_to=2024-02-29T00:00:00Z", "a:1");
        await ListedAsync(gateway.Admin, "status=disputed");
    }

    [Fact]
    public async Task The_list_and_a_single_invoice_show_what_the_subscription_shows()
    {
        await using var gateway = await ThreeSubscriptionsAsync();
        var listed = (await ListedAsync(gateway.Admin, "", All)).ToDictionary(Id, invoice => invoice.GetRawText());
        foreach (var subscription in new[] { "a", "b", "late" })
        {
            foreach (var invoice in await gateway.InvoicesAsync(subscription))
            {
                Assert.Equal(invoice.GetRawText(), listed[Id(invoice)]);
                Assert.Equal(invoice.GetRawText(), (await gateway.Admin.GetAsync($"/v1/invoices/{Id(invoice)}")).Expect(200).Text);
            }
        }

        var late = JsonDocument.Parse(listed["late:1"]).RootElement;
        Assert.Equal(("acme", "bob"), (late.GetProperty("seller_id").GetString(), late.GetProperty("customer_id").GetString()));
        Assert.True(late.GetProperty("overdue").GetBoolean());
    }

    [Fact]
    public async Task A_single_invoice_is_read_from_the_journal_and_so_never_old()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s:1");
        for (var refunded = 100; refunded <= 500; refunded += 100)
        {
            (await gateway.Admin.PostAsync("/v1/subscriptions/s:1/invoices/1/refund", """{"amount":100,"to":"credit"}""")).Expect(200);
            Assert.Equal(refunded, (await gateway.Admin.GetAsync("/v1/invoices/s:1:1")).Expect(200).Number("refunded"));
        }
    }

    [Fact]
    public async Task Everybody_sees_invoices_of_their_own()
    {
        await using var gateway = await ThreeSubscriptionsAsync();
        await ListedAsync(gateway.Admin, "", All);
        var (seller, other) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));
        var (alice, bob, bobOfOther) = (
            await gateway.AsCustomerAsync("alice"), await gateway.AsCustomerAsync("bob"), await gateway.AsCustomerAsync("bob", other));

        await ListedAsync(seller, "", "late:1", "a:2", "a:1");
        await ListedAsync(other, "customer_id=bob", "b:1");
        await ListedAsync(alice, "", "a:2", "a:1");
        await ListedAsync(bob, "seller_id=acme,other", "late:1", "b:1");
        await ListedAsync(bobOfOther, "", "b:1");
        (await seller.GetAsync("/v1/invoices?seller_id=acme,other")).ExpectProblem(403, "forbidden", "seller_id");
        (await alice.GetAsync("/v1/invoices?customer_id=bob")).ExpectProblem(403, "forbidden", "customer_id");
        (await bobOfOther.GetAsync("/v1/invoices?seller_id=acme")).ExpectProblem(403, "forbidden", "seller_id");
        (await bobOfOther.GetAsync("/v1/invoices/b:1")).Expect(200);
        foreach (var stranger in new[] { other, alice, bobOfOther })
        {
            (await stranger.GetAsync("/v1/invoices/late:1")).ExpectProblem(404, "invoice_not_found");
            (await stranger.PostAsync("/v1/invoices/late:1/retry")).ExpectProblem(404, "invoice_not_found");
        }
    }

    [Fact]
    public async Task An_overdue_invoice_is_retried_once_for_each_key()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s", token: "tok_decline_2");
        (await (await gateway.AsCustomerAsync("alice")).PostAsync("/v1/invoices/s:1/retry")).ExpectProblem(403, "forbidden");

        var first = (await gateway.Admin.PostAsync("/v1/invoices/s:1/retry", null, "k")).Expect(200);
        await gateway.SettleAsync();
        var again = (await gateway.Admin.PostAsync("/v1/invoices/s:1/retry", null, "k")).Expect(200);

        Assert.Equal((false, true, first.Text), (first.Replayed, again.Replayed, again.Text));
        Assert.Equal("s", first.String("id"));
        Assert.Equal(2, Attempts(await gateway.Admin.GetAsync("/v1/invoices/s:1")));
        (await gateway.Admin.PostAsync("/v1/invoices/s:1/retry", null, "k2")).Expect(200);
        await gateway.SettleAsync();
        Assert.Equal("paid", (await gateway.Admin.GetAsync("/v1/invoices/s:1")).Expect(200).String("status"));
        (await gateway.Admin.PostAsync("/v1/invoices/s:1/retry")).ExpectProblem(409, "invoice_not_overdue");
        await ListedAsync(gateway.Admin, "status=paid", "s:1");

        static int Attempts(Reply invoice) => invoice.Expect(200).Json.GetProperty("attempts").GetArrayLength();
    }

    [Fact]
    public async Task An_invoice_that_does_not_exist_is_not_found_however_it_is_spelled()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        foreach (var id in new[] { "s", "s:0", "s:01", "s:2", "s:-1", "s:99999999999", ":1", "t:1", "s:", "s:1:1", "s%2F:1" })
        {
            (await gateway.Admin.GetAsync($"/v1/invoices/{id}")).ExpectProblem(404, "invoice_not_found");
            (await gateway.Admin.PostAsync($"/v1/invoices/{id}/retry")).ExpectProblem(404, "invoice_not_found");
        }
    }

    [Theory]
    [InlineData("plan_id=x", 400, "unknown_field", "plan_id")]
    [InlineData("status=late", 422, "invalid_value", "status")]
    [InlineData("overdue=yes", 400, "wrong_type", "overdue")]
    [InlineData("number=one", 400, "wrong_type", "number")]
    [InlineData("number=1,,2", 400, "wrong_type", "number")]
    [InlineData("number=0", 400, "wrong_type", "number")]
    [InlineData("number=99999999999999999999", 400, "wrong_type", "number")]
    [InlineData("limit=201", 422, "out_of_range", "limit")]
    [InlineData("customer_id=a,,b", 422, "invalid_id", "customer_id")]
    [InlineData("subscription_id=", 422, "invalid_id", "subscription_id")]
    [InlineData("created_from=yesterday", 422, "invalid_instant", "created_from")]
    [InlineData("created_from=2024-02-01T00:00:00Z&created_to=2024-02-01T00:00:00Z", 422, "out_of_range", "created_to")]
    [InlineData("cursor=x", 422, "invalid_cursor", "cursor")]
    [InlineData("cursor=MWludm9pY2VzLy05MjIzMzcyMDM2ODU0Nzc1ODA4L3gvMQ", 422, "invalid_cursor", "cursor")]
    public async Task What_is_wrong_with_a_query_is_named(string query, int status, string code, string field)
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.GetAsync($"/v1/invoices?{query}")).ExpectProblem(status, code, field);
    }

    [Fact]
    public async Task A_filter_has_at_most_fifty_values_and_a_cursor_is_for_its_own_list()
    {
        await using var gateway = await ThreeSubscriptionsAsync();
        var numbers = string.Join(',', Enumerable.Range(100, 50));
        Assert.Empty((await gateway.Admin.GetAsync($"/v1/invoices?number={numbers}")).Expect(200).Data);
        (await gateway.Admin.GetAsync($"/v1/invoices?number={numbers},1")).ExpectProblem(422, "out_of_range", "number");
        var products = (await gateway.Admin.GetAsync("/v1/products?limit=1")).Expect(200).String("next_cursor");
        (await gateway.Admin.GetAsync($"/v1/invoices?cursor={products}")).ExpectProblem(422, "invalid_cursor", "cursor");
        await ListedAsync(gateway.Admin, "", All);
        var invoices = (await gateway.Admin.GetAsync("/v1/invoices?limit=1")).Expect(200).String("next_cursor");
        foreach (var list in new[] { "products", "offers", "subscriptions", "subscriptions/a/invoices" })
            (await gateway.Admin.GetAsync($"/v1/{list}?cursor={invoices}")).ExpectProblem(422, "invalid_cursor", "cursor");
    }

    [Fact]
    public async Task The_list_is_the_same_after_it_was_dropped_and_derived_again()
    {
        using var directory = new DataDirectory();
        List<JsonElement> before;
        await using (var gateway = await TestGateway.StartInAsync(directory))
        {
            await SubscribeAsync(gateway);
            before = await ListedAsync(gateway.Admin, "", All);
        }

        await ListRebuilding.RunAsync(
        [
            ListRebuilding.Argument, $"--Billing:DataDirectory={directory.Path}", "--Logging:LogLevel:Default=Warning",
            .. await TestRuntime.SettingsAsync(directory.Path, []),
        ]);

        await using var again = await TestGateway.StartInAsync(directory);
        Assert.Equal(
            before.Select(invoice => invoice.GetRawText()),
            (await again.Admin.GetAsync("/v1/invoices")).Expect(200).Data.Select(invoice => invoice.GetRawText()));
    }

    private static async Task<TestGateway> ThreeSubscriptionsAsync()
    {
        var gateway = await TestGateway.StartAsync();
        await SubscribeAsync(gateway);
        return gateway;
    }

    /// <summary>Two invoices of Alice, one of Bob at another seller, and one of Bob that cannot be collected.</summary>
    private static async Task SubscribeAsync(TestGateway gateway)
    {
        await gateway.SellAsync();
        await gateway.SellAsync("silver", seller: "other");
        await gateway.SubscribeAsync("a");
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        await gateway.SubscribeAsync("b", "silver_offer", "bob");
        await gateway.AdvanceAsync("2024-03-06T00:00:00Z");
        await gateway.SubscribeAsync("late", customer: "bob", token: "tok_insufficient_funds");
    }

    /// <summary>Waits until a list shows exactly these invoices with their numbers, page by page.</summary>
    private static Task<List<JsonElement>> ListedAsync(ApiClient client, string filter, params string[] ids) => Eventually.ReadAsync(
        async () =>
        {
            var all = new List<JsonElement>();
            for (var cursor = ""; ;)
            {
                var page = (await client.GetAsync($"/v1/invoices?limit=1&{filter}{cursor}".TrimEnd('&'))).Expect(200);
                all.AddRange(page.Data);
                if (page.IsNull("next_cursor")) return all;
                cursor = $"{(filter.Length > 0 ? "&" : "")}cursor={page.String("next_cursor")}";
            }
        },
        all => all.Select(Id).SequenceEqual(ids) && all.All(one => one.GetProperty("number").ValueKind == JsonValueKind.Number) &&
            all.All(one => Id(one) != "late:1" || one.GetProperty("overdue").GetBoolean()),
        TimeSpan.FromSeconds(10));

    private static string Id(JsonElement invoice) => invoice.GetProperty("id").GetString()!;
}
