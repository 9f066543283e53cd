using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The credit notes and the chargebacks of the whole installation.</summary>
public sealed class DocumentListTests : IAsyncLifetime
{
    private static readonly string[] Notes = ["b:credit-note-1", "a:credit-note-2", "a:credit-note-1"];

    private static readonly string[] Chargebacks = ["b:2:1", "a:2:1", "a:1:1"];

    private TestGateway gateway = null!;

    /// <summary>Alice has a subscription of Acme, Bob one of another seller. Each document has a day of its own.</summary>
    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(productFields: ",\"on_chargeback\":\"keep\"");
        await gateway.SellAsync("silver", seller: "other", productFields: ",\"on_chargeback\":\"keep\"");
        await gateway.SubscribeAsync("a");
        await gateway.SubscribeAsync("b", "silver_offer", "bob");
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        await gateway.AskAsync("a", "invoices/1/refund", """{"amount":100,"reason":"late"}""");
        await gateway.AdvanceAsync("2024-03-06T00:00:00Z");
        await gateway.AskAsync("a", "invoices/1/refund", """{"amount":50,"to":"credit"}""");
        await gateway.AdvanceAsync("2024-03-07T00:00:00Z");
        await gateway.AskAsync("b", "invoices/1/refund", """{"amount":10}""");
        foreach (var (n, key) in Chargebacks.Reverse().Index())
        {
            await gateway.AdvanceAsync($"2024-03-{n + 10}T00:00:00Z");
            (await gateway.Admin.PostAsync("/v1/payments/chargebacks", $$"""{"key":"{{key}}","reason":"fraud"}""")).Expect(200);
        }

        (await gateway.Admin.PostAsync("/v1/payments/chargebacks", """{"key":"a:2:1","outcome":"won"}""")).Expect(200);
        (await gateway.Admin.PostAsync("/v1/payments/chargebacks", """{"key":"a:1:1","outcome":"lost"}""")).Expect(200);
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Credit_notes_are_listed_newest_first_by_every_filter_and_in_pages()
    {
        var all = await ListedAsync(gateway.Admin, "credit-notes", "", Notes);
        var number = all.Single(note => Id(note) == "a:credit-note-2").GetProperty("number").GetInt64();
        await ListedAsync(gateway.Admin, "credit-notes", "seller_id=acme", Notes[1..]);
        await ListedAsync(gateway.Admin, "credit-notes", "seller_id=acme,other", Notes);
        await ListedAsync(gateway.Admin, "credit-notes", "customer_id=bob", Notes[0]);
        await ListedAsync(gateway.Admin, "credit-notes", "subscription_id=a,nothing", Notes[1..]);
        await ListedAsync(gateway.Admin, "credit-notes", $"number={number}&seller_id=acme", Notes[1]);
        await ListedAsync(gateway.Admin, "credit-notes", "number=1", Notes[0], Notes[2]);
        await ListedAsync(gateway.Admin, "credit-notes", "created_from=2024-03-06T00:00:00Z&created_to=2024-03-07T00:00:00Z", Notes[1]);
        await ListedAsync(gateway.Admin, "credit-notes", "created_to=2024-03-05T00:00:00Z");
    }

    [Fact]
    public async Task Chargebacks_are_listed_newest_first_by_every_filter_and_in_pages()
    {
        await ListedAsync(gateway.Admin, "chargebacks", "", Chargebacks);
        await ListedAsync(gateway.Admin, "chargebacks", "status=open", Chargebacks[0]);
        await ListedAsync(gateway.Admin, "chargebacks", "status=won,lost", Chargebacks[1..]);
        await ListedAsync(gateway.Admin, "chargebacks", "status=won&seller_id=acme", Chargebacks[1]);
        await ListedAsync(gateway.Admin, "chargebacks", "seller_id=other", Chargebacks[0]);
        await ListedAsync(gateway.Admin, "chargebacks", "customer_id=alice", Chargebacks[1..]);
        await ListedAsync(gateway.Admin, "chargebacks", "subscription_id=a&status=lost", Chargebacks[2]);
        await ListedAsync(gateway.Admin, "chargebacks", "created_from=2024-03-11T00:00:00Z", Chargebacks[..2]);
        await ListedAsync(gateway.Admin, "chargebacks", "created_to=2024-03-10T00:00:00Z");
    }

    [Fact]
    public async Task The_lists_show_what_the_subscription_shows()
    {
        foreach (var (list, ids) in new[] { ("credit-notes", Notes), ("chargebacks", Chargebacks) })
        {
            var listed = (await ListedAsync(gateway.Admin, list, "", ids)).Select(one => one.GetRawText()).Order(StringComparer.Ordinal);
            var own = new List<string>();
            foreach (var subscription in new[] { "a", "b" })
            {
                own.AddRange((await gateway.Admin.GetAsync($"/v1/subscriptions/{subscription}/{list}")).Expect(200)
                    .Data.Select(one => one.GetRawText()));
            }

            Assert.Equal(own.Order(StringComparer.Ordinal), listed);
        }
    }

    [Fact]
    public async Task Everybody_sees_documents_of_their_own()
    {
        var (acme, alice, bob) = (
            await gateway.AsSellerAsync("acme"), await gateway.AsCustomerAsync("alice"), await gateway.AsCustomerAsync("bob"));
        var bobOfAcme = await gateway.AsCustomerAsync("bob", acme);
        foreach (var (list, ids) in new[] { ("credit-notes", Notes), ("chargebacks", Chargebacks) })
        {
            await ListedAsync(gateway.Admin, list, "", ids);
            await ListedAsync(acme, list, "", ids[1..]);
            await ListedAsync(alice, list, "", ids[1..]);
            await ListedAsync(bob, list, "", ids[0]);
            await ListedAsync(bobOfAcme, list, "");
            (await acme.GetAsync($"/v1/{list}?seller_id=acme,other")).ExpectProblem(403, "forbidden", "seller_id");
            (await alice.GetAsync($"/v1/{list}?customer_id=bob")).ExpectProblem(403, "forbidden", "customer_id");
        }
    }

    [Theory]
    [InlineData("credit-notes?status=paid", 400, "unknown_field", "status")]
    [InlineData("credit-notes?number=0", 400, "wrong_type", "number")]
    [InlineData("credit-notes?limit=201", 422, "out_of_range", "limit")]
    [InlineData("credit-notes?customer_id=a,,b", 422, "invalid_id", "customer_id")]
    [InlineData("credit-notes?cursor=x", 422, "invalid_cursor", "cursor")]
    [InlineData("chargebacks?number=1", 400, "unknown_field", "number")]
    [InlineData("chargebacks?status=disputed", 422, "invalid_value", "status")]
    [InlineData("chargebacks?created_from=yesterday", 422, "invalid_instant", "created_from")]
    [InlineData("chargebacks?subscription_id=", 422, "invalid_id", "subscription_id")]
    [InlineData("chargebacks?cursor=x", 422, "invalid_cursor", "cursor")]
    public async Task What_makes_no_sense_is_refused(string query, int status, string code, string field) =>
        (await gateway.Admin.GetAsync($"/v1/{query}")).ExpectProblem(status, code, field);

    [Fact]
    public async Task A_cursor_is_for_its_own_list()
    {
        await ListedAsync(gateway.Admin, "credit-notes", "", Notes);
        await ListedAsync(gateway.Admin, "chargebacks", "", Chargebacks);
        foreach (var (list, others) in new[]
        {
            ("credit-notes", new[] { "chargebacks", "invoices", "subscriptions/a/credit-notes" }),
            ("chargebacks", ["credit-notes", "invoices", "subscriptions/a/chargebacks"]),
        })
        {
            var cursor = (await gateway.Admin.GetAsync($"/v1/{list}?limit=1")).Expect(200).String("next_cursor");
            foreach (var other in others)
                (await gateway.Admin.GetAsync($"/v1/{other}?cursor={cursor}")).ExpectProblem(422, "invalid_cursor", "cursor");
        }
    }

    /// <summary>Waits until a list shows exactly these documents, decided and numbered as they will be, page by page.</summary>
    private static Task<List<JsonElement>> ListedAsync(ApiClient client, string list, string filter, params string[] ids) =>
        Eventually.ReadAsync(
            async () =>
            {
                var all = new List<JsonElement>();
                for (var cursor = ""; ;)
                {
                    var page = (await client.GetAsync($"/v1/{list}?limit=1&{filter}{cursor}".TrimEnd('&'))).Expect(200);
                    all.AddRange(page.Data);
                    if (page.IsNull("next_cursor")) return all;
                    cursor = $"{(filter.Length > 0 ? "&" : "")}cursor={page.String("next_cursor")}";
                }
            },
            all => all.Select(Id).SequenceEqual(ids) && all.All(IsSettled), TimeSpan.FromSeconds(10));

    private static bool IsSettled(JsonElement one) => one.TryGetProperty("number", out var number)
        ? number.ValueKind == JsonValueKind.Number
        : one.GetProperty("status").GetString() == (Id(one) switch { "a:2:1" => "won", "a:1:1" => "lost", _ => "open" });

    private static string Id(JsonElement one) => one.GetProperty("id").GetString()!;
}
