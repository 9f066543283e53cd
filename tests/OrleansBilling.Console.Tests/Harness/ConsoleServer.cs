using OrleansBilling.Client;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Console.Tests.Harness;

/// <summary>
/// A whole server with a small marketplace: seller luna sold two products for four months, some customers left by their own or the seller's
/// decision, or stopped paying. Seller sol has one customer, of whom luna must see nothing.
/// </summary>
public sealed class ConsoleServer : IAsyncLifetime
{
    public const string SecretMail = "zed.secret@example.com";

    internal TestGateway Gateway { get; private set; } = null!;

    public Uri Console => new(Gateway.Address, "/console/");

    public string SellerKey { get; private set; } = "";

    public BillingClient Seller { get; private set; } = null!;

    public BillingClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await TestGateway.StartAsync("--Billing:Console:CircuitsPerSession=6");
        Admin = new BillingClient(Gateway.Address, TestGateway.AdminKey);
        SellerKey = await KeyAsync("""{"role":"seller","seller_id":"luna"}""");
        Seller = new BillingClient(Gateway.Address, SellerKey);
        await SellAsync("yoga", "luna", "Yoga em casa", 3990, "America/Sao_Paulo");
        await SellAsync("code", "luna", "Programar do zero", 8990, "America/Sao_Paulo", trialDays: 7);
        await SellAsync("other", "sol", "Astronomy", 500, "Etc/UTC");
        await SubscribeAsync("sol1", "other_offer", SecretMail);
        string[] tokens = ["tok_ok", "tok_ok", "tok_flaky_30", "tok_ok", "tok_insufficient_funds"];
        for (var n = 0; n < 40; n++)
        {
            await SubscribeAsync(
                $"luna{n:D2}", n % 3 == 0 ? "code_offer" : "yoga_offer", $"c{n:D2}@example.com", tokens[n % tokens.Length]);
            if (n % 8 == 7) await Gateway.AdvanceAsync($"2024-0{2 + (n / 16)}-{(n % 16 == 7 ? "10" : "24")}T12:00:00Z");
        }

        await CancelAsync("luna01", "too_expensive");
        await CancelAsync("luna03", "no_time");
        await Gateway.AdvanceAsync("2024-05-02T12:00:00Z");
        await CancelAsync("luna06", "too_expensive");
        (await (Gateway.As(SellerKey)).PostAsync("/v1/subscriptions/luna08/cancel", """{"at":"now"}""")).Expect(200);
        await CancelAsync("luna10", "own_words_of_the_seller");
        (await Gateway.Admin.PostAsync("/v1/subscriptions/luna11/pause", """{"at":"now"}""")).Expect(200);
        await Gateway.AdvanceAsync("2024-05-20T12:00:00Z");
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        Seller.Dispose();
        await Gateway.DisposeAsync();
    }

    public async Task<string> KeyAsync(string body) => (await Gateway.Admin.PostAsync("/v1/api-keys", body)).Expect(201).String("key")!;

    public async Task<string> LinkAsync(string body) =>
        (await Gateway.Admin.PostAsync("/v1/console-links", body)).Expect(201).String("url")!;

    public async Task CancelAsync(string id, string reason) => (await Gateway.Admin.PostAsync(
        $"/v1/subscriptions/{id}/cancel", $$"""{"at":"now","origin":"customer","reason":"{{reason}}"}""")).Expect(200);

    public async Task SubscribeAsync(string id, string offer, string mail, string token = "tok_ok") =>
        (await Gateway.Admin.PostAsync(
            "/v1/subscriptions",
            $$$"""
            {"id":"{{{id}}}","offer_id":"{{{offer}}}","customer":{"id":"{{{id}}}_c","email":"{{{mail}}}"},
             "payment_method":{"token":"{{{token}}}"}}
            """))
            .Expect(201);

    private async Task SellAsync(string id, string seller, string name, long amount, string zone, int trialDays = 0)
    {
        await Ask("products", $$"""{"id":"{{id}}","seller_id":"{{seller}}","name":"{{name}}","time_zone":"{{zone}}"}""");
        await Ask(
            "plans",
            $$$"""
            {"id":"{{{id}}}_plan","product_id":"{{{id}}}","name":"Mensal","interval":{"unit":"month","count":1},
             "trial_days":{{{trialDays}}}}
            """);
        await Ask("offers", $$"""{"id":"{{id}}_offer","plan_id":"{{id}}_plan","amount":{{amount}},"currency":"BRL"}""");

        async Task Ask(string what, string body) => (await Gateway.Admin.PostAsync($"/v1/{what}", body)).Expect(201);
    }
}
