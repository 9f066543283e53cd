using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Every movement behind a balance, by sale.</summary>
public sealed class BalanceEntryTests : IAsyncLifetime
{
    private static readonly string[] AllOfAcme =
    [
        "paid s:1 300 USD", "credited a:1 credit-note-2 -90 BRL",
        "chargeback_won b:1 b:1:1 7010 BRL", "charged_back b:1 b:1:1 -7010 BRL",
        "refunded a:1 credit-note-1 -901 BRL", "paid b:1 7010 BRL", "paid a:1 9010 BRL",
    ];

    private static readonly string[] AllOfZoe =
        ["chargeback_won b:1 b:1:1 2000 BRL", "charged_back b:1 b:1:1 -2000 BRL", "paid b:1 2000 BRL"];

    private TestGateway gateway = null!;

    /// <summary>
    /// A sale of Acme that is refunded in part, as money and as credit, one that Zoe brought and that was charged back until the dispute
    /// was won, and one of another seller of which Acme has a share. Each has a day of its own.
    /// </summary>
    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            amount: 10_000,
            offerFields: ",\"split\":[{\"role\":\"platform\",\"party_id\":\"market\",\"percent\":9.9},{\"role\":\"affiliate\"," +
                "\"percent\":20}]");
        await gateway.SellAsync(
            "silver", seller: "other", amount: 1000, currency: "USD",
            offerFields: ",\"split\":[{\"role\":\"co_producer\",\"party_id\":\"acme\",\"amount\":300}]");
        await gateway.SubscribeAsync("a");
        await gateway.AdvanceAsync("2024-02-02T00:00:00Z");
        await gateway.SubscribeAsync("b", fields: ",\"affiliate_id\":\"zoe\"");
        await gateway.AdvanceAsync("2024-02-03T00:00:00Z");
        await gateway.AskAsync("a", "invoices/1/refund", """{"amount":1000,"reason":"half"}""");
        await gateway.AdvanceAsync("2024-02-04T00:00:00Z");
        (await gateway.Admin.PostAsync("/v1/payments/chargebacks", """{"key":"b:1:1","reason":"fraud"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-02-05T00:00:00Z");
        (await gateway.Admin.PostAsync("/v1/payments/chargebacks", """{"key":"b:1:1","outcome":"won"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-02-06T00:00:00Z");
        await gateway.AskAsync("a", "invoices/1/refund", """{"amount":100,"to":"credit"}""");
        await gateway.AdvanceAsync("2024-02-07T00:00:00Z");
        await gateway.SubscribeAsync("s", "silver_offer", "bob");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Entries_are_listed_newest_first_by_every_filter_and_in_pages()
    {
        await ListedAsync(gateway.Admin, "acme", "", AllOfAcme);
        await ListedAsync(gateway.Admin, "acme", "seller_id=acme", AllOfAcme[1..]);
        await ListedAsync(gateway.Admin, "acme", "seller_id=other,acme", AllOfAcme);
        await ListedAsync(gateway.Admin, "acme", "subscription_id=a,s", AllOfAcme[0], AllOfAcme[1], AllOfAcme[4], AllOfAcme[6]);
        await ListedAsync(gateway.Admin, "acme", "currency=USD", AllOfAcme[0]);
        await ListedAsync(gateway.Admin, "acme", "currency=BRL,USD&seller_id=acme", AllOfAcme[1..]);
        await ListedAsync(gateway.Admin, "acme", "created_from=2024-02-05T00:00:00Z&created_to=2024-02-07T00:00:00Z", AllOfAcme[1..3]);
        await ListedAsync(gateway.Admin, "zoe", "", AllOfZoe);
        await ListedAsync(gateway.Admin, "nobody", "");
        var entry = (await gateway.Admin.GetAsync("/v1/balances/zoe/entries?limit=1")).Expect(200).Data.Single();
        Assert.Equal(
            ["party_id", "seller_id", "subscription_id", "sequence", "kind", "invoice_id", "credit_note_id", "chargeback_id", "currency",
                "amount", "created_at"],
            entry.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("zoe", "acme"), (entry.GetProperty("party_id").GetString(), entry.GetProperty("seller_id").GetString()));
    }

    [Fact]
    public async Task The_entries_of_every_balance_sum_up_to_it()
    {
        await ListedAsync(gateway.Admin, "acme", "", AllOfAcme);
        foreach (var balance in (await gateway.Admin.GetAsync("/v1/balances")).Expect(200).Data)
        {
            var (party, seller, currency) = (Text(balance, "party_id"), Text(balance, "seller_id"), Text(balance, "currency"));
            var entries = (await gateway.Admin.GetAsync($"/v1/balances/{party}/entries?seller_id={seller}&currency={currency}&limit=200"))
                .Expect(200).Data;
            Assert.Equal(balance.GetProperty("amount").GetInt64(), entries.Sum(entry => entry.GetProperty("amount").GetInt64()));
        }
    }

    [Fact]
    public async Task A_seller_sees_what_its_products_moved_and_what_others_moved_for_it()
    {
        var (acme, other) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));
        await ListedAsync(acme, "acme", "", AllOfAcme);
        await ListedAsync(acme, "acme", "seller_id=other", AllOfAcme[0]);
        await ListedAsync(acme, "market", "", ["credited a:1 credit-note-2 -10 BRL", "chargeback_won b:1 b:1:1 990 BRL",
            "charged_back b:1 b:1:1 -990 BRL", "refunded a:1 credit-note-1 -99 BRL", "paid b:1 990 BRL", "paid a:1 990 BRL"]);
        await ListedAsync(acme, "other", "");
        await ListedAsync(other, "acme", "", AllOfAcme[0]);
        await ListedAsync(other, "market", "");
        (await other.GetAsync("/v1/balances/acme/entries?seller_id=acme")).ExpectProblem(403, "forbidden", "seller_id");
    }

    [Fact]
    public async Task A_partner_sees_its_own_balances_and_entries()
    {
        var zoe = await gateway.AsPartnerAsync("zoe");
        await ListedAsync(zoe, "zoe", "seller_id=acme", AllOfZoe);
        (await zoe.GetAsync("/v1/balances/market/entries")).ExpectProblem(403, "forbidden", "id");
        Assert.Equal(
            """{"data":[{"seller_id":"acme","party_id":"zoe","currency":"BRL","amount":2000}],"next_cursor":null}""",
            (await zoe.GetAsync("/v1/balances")).Expect(200).Text);
        (await zoe.GetAsync("/v1/balances?party_id=market")).ExpectProblem(403, "forbidden", "party_id");

        // A seller that shares in another's sales may have such a key too. It sees what this party is owed, not what others are.
        var co = await gateway.AsPartnerAsync("acme");
        await ListedAsync(co, "acme", "seller_id=other", AllOfAcme[0]);
        (await co.GetAsync("/v1/balances?party_id=other")).ExpectProblem(403, "forbidden", "party_id");
    }

    [Theory]
    [InlineData("plan_id=x", 400, "unknown_field", "plan_id")]
    [InlineData("party_id=x", 400, "unknown_field", "party_id")]
    [InlineData("currency=brl", 422, "unknown_currency", "currency")]
    [InlineData("currency=BRL,,USD", 422, "unknown_currency", "currency")]
    [InlineData("limit=201", 422, "out_of_range", "limit")]
    [InlineData("seller_id=a,,b", 422, "invalid_id", "seller_id")]
    [InlineData("created_to=tomorrow", 422, "invalid_instant", "created_to")]
    [InlineData("created_from=2024-02-01T00:00:00Z&created_to=2024-02-01T00:00:00Z", 422, "out_of_range", "created_to")]
    [InlineData("cursor=x", 422, "invalid_cursor", "cursor")]
    public async Task What_makes_no_sense_is_refused(string query, int status, string code, string field) =>
        (await gateway.Admin.GetAsync($"/v1/balances/acme/entries?{query}")).ExpectProblem(status, code, field);

    [Fact]
    public async Task A_party_is_an_id_and_a_cursor_is_for_its_own_list()
    {
        foreach (var party in new[] { "a%20b", "%C3%A4", new string('x', 65) })
            (await gateway.Admin.GetAsync($"/v1/balances/{party}/entries")).ExpectProblem(422, "invalid_id", "id");
        await ListedAsync(gateway.Admin, "acme", "", AllOfAcme);
        var entries = (await gateway.Admin.GetAsync("/v1/balances/acme/entries?limit=1")).Expect(200).String("next_cursor");
        var balances = (await gateway.Admin.GetAsync("/v1/balances?limit=1")).Expect(200).String("next_cursor");
        (await gateway.Admin.GetAsync($"/v1/balances?cursor={entries}")).ExpectProblem(422, "invalid_cursor", "cursor");
        (await gateway.Admin.GetAsync($"/v1/balances/acme/entries?cursor={balances}")).ExpectProblem(422, "invalid_cursor", "cursor");
        foreach (var list in new[] { "invoices", "credit-notes", "chargebacks" })
            (await gateway.Admin.GetAsync($"/v1/{list}?cursor={entries}")).ExpectProblem(422, "invalid_cursor", "cursor");
    }

    /// <summary>Waits until a list shows exactly these entries, page by page.</summary>
    private static Task<List<string>> ListedAsync(ApiClient client, string party, string filter, params string[] entries) =>
        Eventually.ReadAsync(
            async () =>
            {
                var all = new List<string>();
                for (var cursor = ""; ;)
                {
                    var page = (await client.GetAsync($"/v1/balances/{party}/entries?limit=2&{filter}{cursor}".TrimEnd('&'))).Expect(200);
                    all.AddRange(page.Data.Select(Show));
                    if (page.IsNull("next_cursor")) return all;
                    cursor = $"{(filter.Length > 0 ? "&" : "")}cursor={page.String("next_cursor")}";
                }
            },
            all => all.SequenceEqual(entries), TimeSpan.FromSeconds(10));

    private static string Show(JsonElement entry)
    {
        var document = entry.GetProperty("credit_note_id").GetString()?.Split(':')[^1] ?? entry.GetProperty("chargeback_id").GetString();
        return string.Join(' ', new[]
        {
            Text(entry, "kind"), Text(entry, "invoice_id"), document, entry.GetProperty("amount").GetRawText(), Text(entry, "currency"),
        }.OfType<string>());
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
