using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Lists: filters, pages, order.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task Subscriptions_are_listed_by_filter_and_in_pages()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a", trialDays: 7);
        await gateway.SellAsync("b", seller: "other", trialDays: 7);
        for (var n = 0; n < 7; n++)
        {
            var offer = n % 2 == 0 ? "a_offer" : "b_offer";
            (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe($"s{n}", offer, n < 4 ? "alice" : "bob"))).Expect(201);
        }

        (await gateway.Admin.PostAsync("/v1/subscriptions/s6/cancel", """{"at":"now"}""")).Expect(200);

        Assert.Equal(["s0", "s1", "s2", "s3", "s4", "s5", "s6"], await IdsAsync(""));
        Assert.Equal(["s6"], await IdsAsync("status=canceled"));
        Assert.Equal(["s1", "s3", "s5"], await IdsAsync("seller_id=other"));
        Assert.Equal(["s0", "s2", "s4", "s6"], await IdsAsync("product_id=a_product"));
        Assert.Equal(["s0", "s2", "s4", "s6"], await IdsAsync("plan_id=a_plan"));
        Assert.Equal(["s1", "s3", "s5"], await IdsAsync("offer_id=b_offer"));
        Assert.Equal(["s4", "s5", "s6"], await IdsAsync("customer_id=bob"));
        Assert.Equal(["s4"], await IdsAsync("customer_id=bob&offer_id=a_offer&status=trialing"));
        Assert.Empty(await IdsAsync("customer_id=nobody"));

        async Task<List<string>> IdsAsync(string filter)
        {
            var ids = new List<string>();
            var cursor = "";
            do
            {
                var page = (
                    await gateway.Admin.GetAsync(
                        $"/v1/subscriptions?limit=2&{filter}{cursor}".Replace("&&", "&", StringComparison.Ordinal).TrimEnd('&')))
                            .Expect(200);
                Assert.InRange(page.Data.Count(), 0, 2);
                ids.AddRange(page.Data.Select(s => s.GetProperty("id").GetString()!));
                cursor = page.IsNull("next_cursor") ? "" : $"&cursor={page.String("next_cursor")}";
            }
            while (cursor.Length > 0);
            return ids;
        }
    }

    [Fact]
    public async Task Events_and_invoices_come_oldest_first_and_in_pages()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        await gateway.AdvanceAsync("2024-05-01T00:00:00Z");

        var invoices = await AllAsync("/v1/subscriptions/s/invoices");
        Assert.Equal(["s:1", "s:2", "s:3", "s:4"], invoices.Select(i => i.GetProperty("id").GetString()));
        var events = await AllAsync("/v1/subscriptions/s/events");
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(e => e.GetProperty("sequence").GetInt32()));
        Assert.Equal(
            ["subscribed", "recurrence_started", "charge_requested", "charge_succeeded"],
            events.Take(4).Select(e => e.GetProperty("type").GetString()));
        Assert.Equal("gold_offer", events[0].GetProperty("data").GetProperty("offer_id").GetString());
        Assert.Equal("2024-01-31T00:00:00Z", events[0].GetProperty("at").GetString());

        async Task<List<System.Text.Json.JsonElement>> AllAsync(string path)
        {
            var all = new List<System.Text.Json.JsonElement>();
            for (var cursor = ""; ;)
            {
                var page = (await gateway.Admin.GetAsync($"{path}?limit=3{cursor}")).Expect(200);
                all.AddRange(page.Data);
                if (page.IsNull("next_cursor")) return all;
                cursor = $"&cursor={page.String("next_cursor")}";
            }
        }
    }

    [Fact]
    public async Task An_invoice_shows_what_it_is_for_and_how_it_was_collected()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        var text = (await gateway.Admin.GetAsync("/v1/subscriptions/s/invoices")).Expect(200).Text;
        Assert.Equal(
            """{"data":[{"id":"s:1","subscription_id":"s","seller_id":"acme","customer_id":"alice","number":1,"period":{"index":1""" +
            ""","start":"2024-01-31T00:00:00Z","end":"2024-02-29T00:00:00Z"},"status":"paid","overdue":false,"currency":"BRL","lines":""" +
            """[{"type":"recurrence","description":"Recurrence","amount":2990,"period":{"index":1""" +
            ""","start":"2024-01-31T00:00:00Z","end":"2024-02-29T00:00:00Z"},"meter":null}],"taxes":[],"parts":null,"total":2990""" +
            ""","paid":2990,"refunded":0,"charged_back":0,"credited":0""" +
            ""","created_at":"2024-01-31T00:00:00Z","paid_at":"2024-01-31T00:00:00Z","attempts":""" +
            """[{"number":1,"at":"2024-01-31T00:00:00Z","outcome":"succeeded","code":null}]}],"next_cursor":null}""",
            text);
    }

    [Fact]
    public async Task A_subscription_shows_every_field_of_the_contract()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        Assert.Equal(
            """
            {"id":"s","version":4,"status":"active","seller_id":"acme","product_id":"gold_product","plan_id":"gold_plan",
            "offer_id":"gold_offer","offer_version":1,"customer":{"id":"alice","email":"alice@example.com","country":null},"amount":2990,
            "currency":"BRL","interval":{"unit":"month","count":1},"created_at":"2024-01-31T00:00:00Z","started_at":"2024-01-31T00:00:00Z",
            "trial_end":null,"current_period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-02-29T00:00:00Z"},
            "next_billing_at":"2024-02-29T00:00:00Z","cancel_at":null,"canceled_at":null,"cancellation":null,"paid_recurrences":1,
            "lifetime_paid":2990,"credit":0,"retry":null,"payment_method":{"token":"tok_ok"},"paused_until":null,"metadata":null,
            "quantity":1,"addons":[],"affiliate_id":null,"scheduled_change":null,"pause_scheduled":null,"discounts":[],"usage":[],
            "voucher":null,"retention":null}
            """.Replace("\n", "", StringComparison.Ordinal),
            (await gateway.SubscribeAsync("s")).Text);
    }
}
