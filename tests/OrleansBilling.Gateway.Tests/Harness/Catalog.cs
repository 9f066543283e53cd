using System.Text.Json;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>Creates products, plans, offers and subscriptions.</summary>
internal static class Catalog
{
    /// <summary>Creates product <c>{name}_product</c>, plan <c>{name}_plan</c> and offer <c>{name}_offer</c>: 29.90 BRL a month.</summary>
    public static async Task SellAsync(
        this TestGateway gateway, string name = "gold", string seller = "acme", int trialDays = 0, long amount = 2990,
        string currency = "BRL", string productFields = "", string planFields = "", string offerFields = "")
    {
        (await gateway.Admin.PostAsync(
            "/v1/products", $$"""{"id":"{{name}}_product","seller_id":"{{seller}}","name":"{{name}}"{{productFields}}}""")).Expect(201);
        (await gateway.Admin.PostAsync(
            "/v1/plans",
            $$$"""
            {"id":"{{{name}}}_plan","product_id":"{{{name}}}_product","name":"Monthly","interval":{"unit":"month","count":1},
             "trial_days":{{{trialDays}}}{{{planFields}}}}
            """)).Expect(201);
        (await gateway.Admin.PostAsync(
            "/v1/offers",
            $$"""{"id":"{{name}}_offer","plan_id":"{{name}}_plan","amount":{{amount}},"currency":"{{currency}}"{{offerFields}}}"""))
                .Expect(201);
    }

    /// <summary>Creates another plan <c>{name}_plan</c> of a product, with its offer <c>{name}_offer</c>.</summary>
    public static async Task AlsoSellAsync(
        this TestGateway gateway, string name, long amount, string product = "gold_product", string unit = "month", int count = 1,
        string currency = "BRL", string planFields = "", string offerFields = "")
    {
        (await gateway.Admin.PostAsync(
            "/v1/plans",
            $$$"""
            {"id":"{{{name}}}_plan","product_id":"{{{product}}}","name":"{{{name}}}","interval":{"unit":"{{{unit}}}",
             "count":{{{count}}}}{{{planFields}}}}
            """)).Expect(201);
        (await gateway.Admin.PostAsync(
            "/v1/offers",
            $$"""{"id":"{{name}}_offer","plan_id":"{{name}}_plan","amount":{{amount}},"currency":"{{currency}}"{{offerFields}}}"""))
                .Expect(201);
    }

    public static string Subscribe(
        string id, string offer = "gold_offer", string customer = "alice", string token = "tok_ok", string fields = "") =>
        $$$"""{"id":"{{{id}}}","offer_id":"{{{offer}}}","customer":{"id":"{{{customer}}}","email":"{{{customer}}}@example.com"}""" +
        $$$""","payment_method":{"token":"{{{token}}}"}{{{fields}}}}""";

    /// <summary>Creates a subscription and waits until its first charge has ended.</summary>
    public static async Task<Reply> SubscribeAsync(
        this TestGateway gateway, string id, string offer = "gold_offer", string customer = "alice", string token = "tok_ok",
        string fields = "")
    {
        (await gateway.Admin.PostAsync("/v1/subscriptions", Subscribe(id, offer, customer, token, fields))).Expect(201);
        await gateway.SettleAsync();
        return await gateway.Admin.GetAsync($"/v1/subscriptions/{id}");
    }

    /// <summary>Sends a command to a subscription as administrator, waits until its payments have ended, and reads it again.</summary>
    public static async Task<Reply> AskAsync(this TestGateway gateway, string id, string command, string? body = null)
    {
        (await gateway.Admin.PostAsync($"/v1/subscriptions/{id}/{command}", body)).Expect(200);
        await gateway.SettleAsync();
        return await gateway.ReadAsync(id);
    }

    public static async Task<Reply> ReadAsync(this TestGateway gateway, string id) =>
        (await gateway.Admin.GetAsync($"/v1/subscriptions/{id}")).Expect(200);

    public static async Task<List<JsonElement>> InvoicesAsync(this TestGateway gateway, string id) =>
        [.. (await gateway.Admin.GetAsync($"/v1/subscriptions/{id}/invoices?limit=200")).Expect(200).Data];

    /// <summary>The lines of an invoice as <c>type amount</c>.</summary>
    public static IEnumerable<string> LinesOf(JsonElement invoice) =>
        invoice.GetProperty("lines").EnumerateArray()
            .Select(line => $"{line.GetProperty("type").GetString()} {line.GetProperty("amount").GetInt64()}");

    public static long Total(JsonElement invoice) => invoice.GetProperty("total").GetInt64();

    public static string? Status(JsonElement invoice) => invoice.GetProperty("status").GetString();
}
