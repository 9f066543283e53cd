using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Fuzz.Tests.Book;

/// <summary>The data before the first request: two sellers, three customers, and subscriptions in every state.</summary>
internal sealed class SeededBook(HttpClient http)
{
    /// <summary>An address for webhooks. Nothing listens there.</summary>
    public const string NobodysAddress = "https://127.0.0.1:9/hook";

    private const int SubscriptionsMax = 60;

    private readonly List<string> simulations = ["sim_none"];
    private readonly List<string> apiKeys = ["key_none"];
    private readonly List<string> endpoints = ["hook", "hook", "none"];
    private readonly List<string> customers = ["alice", "alice", "bob", "carol"];

    public string[] Sellers { get; } = ["acme", "acme", "rival"];

    public string[] Parties { get; } = ["market", "zoe", "acme"];

    public string[] Customers { get; } = ["alice", "alice", "bob", "carol"];

    public string[] Products { get; } = ["course", "course", "taxed", "foreign"];

    public string[] Plans { get; } = ["monthly", "monthly", "yearly", "trial", "foreign_monthly"];

    public string[] Offers { get; } = ["gold", "gold", "silver", "metered", "year", "tried", "foreign_gold"];

    public string[] Coupons { get; } = ["SPRING", "SPRING", "SCARCE", "n1", "NONE"];

    public List<string> Subscriptions { get; } =
        ["active", "busy", "trialing", "trialing", "late", "paused", "leaving", "gone", "voucher", "voucher", "metered", "metered",
            "yearly", "split", "rivals", "none"];

    /// <summary>That of "owing" is overdue and can be retried.</summary>
    public string[] Invoices { get; } = ["active:1", "owing:1", "owing:1", "owing:1", "late:1", "rivals:1", "active:9", "none:1"];

    public string[] Tokens { get; } = [
        "tok_ok", "tok_ok", "tok_decline_2", "tok_insufficient_funds", "tok_lost_card", "tok_voucher", "tok_refund_declined"];

    /// <summary>API keys that requests may use, by caller name.</summary>
    public List<(string Caller, string? Key)> Keys { get; } = [.. Enumerable.Repeat(("admin", (string?)FuzzGateway.AdminKey), 6)];

    /// <summary>No key, and invalid keys.</summary>
    public List<(string Caller, string? Key)> BadKeys { get; } = [("nobody", null), ("stranger", "ob_seller_of_nowhere")];

    /// <summary>The current time of the virtual clock.</summary>
    public Instant Now { get; private set; }

    public IReadOnlyList<string> IdsOf(string path) => path.Split('/')[2] switch
    {
        "products" => Products,
        "plans" => Plans,
        "offers" => Offers,
        "coupons" => Coupons,
        "simulations" => simulations,
        "api-keys" => apiKeys,
        "webhook-endpoints" => endpoints,
        "customers" => customers,
        "invoices" => Invoices,
        "balances" => Parties,
        _ => Subscriptions,
    };

    /// <summary>Remembers what a request created, if later ones can use it.</summary>
    public void Learn(string operation, string answer)
    {
        var known = operation switch
        {
            "POST /v1/simulations" => simulations,
            "POST /v1/api-keys" => apiKeys,
            "POST /v1/webhook-endpoints" => endpoints,
            "POST /v1/customers" => customers,
            "POST /v1/subscriptions" when Subscriptions.Count < SubscriptionsMax => Subscriptions,
            _ => null,
        };
        known?.Add((string)JsonNode.Parse(answer)!["id"]!);
    }

    public async Task SeedAsync()
    {
        await SellAsync();
        await SubscribeAsync();
        await TokensAsync();
        await SettleAsync();
    }

    /// <summary>Lets payments finish and reads the clock.</summary>
    public async Task SettleAsync()
    {
        var now = (string)(await GetAsync("/v1/clock"))["now"]!;
        Now = InstantPattern.ExtendedIso.Parse((string)(await PostAsync("/v1/clock/advance", $$"""{"to":"{{now}}"}"""))["now"]!).Value;
    }

    private async Task SellAsync()
    {
        await PostAsync(
            "/v1/products",
            """
            {"id":"course","seller_id":"acme","name":"Course","time_zone":"America/Sao_Paulo","loyalty":{"after_recurrences":2,
             "percent":10,"recurrences":1},"retention":{"control_percent":10,"explore_percent":20,
             "offers":[{"id":"half","discount":{"percent":50,"recurrences":3}},{"id":"rest","pause_days":30}]}}
            """);
        await PostAsync(
            "/v1/products",
            """
            {"id":"taxed","seller_id":"acme","name":"Taxed","tax":{"inclusive":false,"rates":[{"country":"BR","name":"ISS","percent":5}]}}
            """);
        await PostAsync("/v1/products", """{"id":"foreign","seller_id":"rival","name":"Foreign"}""");
        await PostAsync(
            "/v1/plans",
            """{"id":"monthly","product_id":"course","name":"Monthly","interval":{"unit":"month","count":1},"renewal_alert_days":3}""");
        await PostAsync(
            "/v1/plans", """{"id":"yearly","product_id":"taxed","name":"Yearly","interval":{"unit":"year","count":1},"installments":12}""");
        await PostAsync(
            "/v1/plans", """{"id":"trial","product_id":"course","name":"Trial","interval":{"unit":"week","count":1},"trial_days":14}""");
        await PostAsync(
            "/v1/plans", """{"id":"foreign_monthly","product_id":"foreign","name":"Monthly","interval":{"unit":"month","count":1}}""");
        await PostAsync(
            "/v1/offers",
            """
            {"id":"gold","plan_id":"monthly","amount":2990,"currency":"BRL","addons":[{"id":"extra","name":"Extra","amount":500}],
             "split":[{"role":"platform","party_id":"market","percent":9.9},{"role":"affiliate","percent":30}]}
            """);
        await PostAsync("/v1/offers", """{"id":"silver","plan_id":"monthly","amount":1990,"currency":"BRL"}""");
        await PostAsync(
            "/v1/offers",
            """
            {"id":"metered","plan_id":"monthly","amount":1000,"currency":"BRL","meters":[{"id":"calls","name":"Calls","aggregation":"sum",
             "pricing":"per_unit","price":{"amount":10},"included_units":100}]}
            """);
        await PostAsync("/v1/offers", """{"id":"year","plan_id":"yearly","amount":36000,"currency":"BRL"}""");
        await PostAsync("/v1/offers", """{"id":"tried","plan_id":"trial","amount":990,"currency":"BRL"}""");
        await PostAsync("/v1/offers", """{"id":"foreign_gold","plan_id":"foreign_monthly","amount":5000,"currency":"BRL"}""");
        await PostAsync("/v1/coupons", """{"id":"SPRING","seller_id":"acme","percent":50,"duration":"repeating","recurrences":2}""");
        await PostAsync(
            "/v1/coupons", """{"id":"SCARCE","seller_id":"acme","amount":100,"currency":"BRL","duration":"once","redemptions_max":1}""");
        await PostAsync("/v1/webhook-endpoints", $$"""{"id":"hook","url":"{{NobodysAddress}}","enabled":false}""");
    }

    private async Task SubscribeAsync()
    {
        await StartAsync("active", "gold");
        await StartAsync(
            "busy", "gold", fields: ""","quantity":3,"addons":[{"id":"extra","quantity":2}],"coupon":"SPRING","metadata":{"a":"b"}""");
        await StartAsync("trialing", "tried");
        await StartAsync("late", "silver", customer: "bob", token: "tok_decline_3");
        await StartAsync("paused", "silver");
        await StartAsync("leaving", "gold");
        await StartAsync("gone", "gold", customer: "bob");
        await StartAsync("voucher", "silver", token: "tok_voucher");
        await StartAsync("metered", "metered");
        await StartAsync("yearly", "year");
        await StartAsync("split", "gold", fields: ""","affiliate_id":"zoe" """);
        await StartAsync("rivals", "foreign_gold");
        await StartAsync("owing", "silver", customer: "carol", token: "tok_insufficient_funds");
        await SettleAsync();
        await PostAsync("/v1/payments/confirm", """{"key":"voucher:1:1","outcome":"succeeded"}""");
        await PostAsync("/v1/subscriptions/paused/pause", """{"at":"now"}""");
        await PostAsync("/v1/subscriptions/leaving/cancel", """{"at":"period_end","reason":"no_time"}""");
        await PostAsync("/v1/subscriptions/gone/cancel", """{"at":"now"}""");
        await PostAsync("/v1/subscriptions/metered/usage", """{"events":[{"id":"u1","meter":"calls","quantity":150}]}""");
    }

    private async Task TokensAsync()
    {
        foreach (var seller in Sellers.Distinct())
        {
            var key = (string)(await PostAsync("/v1/api-keys", $$"""{"role":"seller","seller_id":"{{seller}}"}"""))["key"]!;
            Keys.Add((seller, key));
        }

        Keys.Add(Keys[^2]);
        Keys.Add(("zoe", (string)(await PostAsync("/v1/api-keys", """{"role":"partner","party_id":"zoe"}"""))["key"]!));
        foreach (var customer in Customers.Distinct())
        {
            var token = (string)(
                await PostAsync("/v1/customer-tokens", $$"""{"customer_id":"{{customer}}","expires_in_seconds":86400}"""))["token"]!;
            Keys.Add((customer, token));
        }
    }

    private Task<JsonObject> StartAsync(string id, string offer, string customer = "alice", string token = "tok_ok", string fields = "") =>
        PostAsync(
        "/v1/subscriptions",
        $$$"""
        {"id":"{{{id}}}","offer_id":"{{{offer}}}","customer":{"id":"{{{customer}}}","country":"BR"},
         "payment_method":{"token":"{{{token}}}"}{{{fields}}}}
        """);

    private Task<JsonObject> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    private Task<JsonObject> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", FuzzGateway.AdminKey);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!.AsObject()
            : throw new InvalidOperationException($"{method} {path} {body}: {(int)response.StatusCode} {text}");
    }
}
