namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>Makes products to sell.</summary>
internal static class Catalog
{
    /// <summary>Product <c>{name}_product</c>, plan <c>{name}_plan</c> and offer <c>{name}_offer</c>: 29.90 BRL a month.</summary>
    public static async Task SellAsync(
        this TestGateway gateway, string name = "gold", string seller = "acme", int trialDays = 0, long amount = 2990, string currency = "BRL", string productFields = "", string planFields = "")
    {
        (await gateway.Admin.PostAsync("/v1/products", $$"""{"id":"{{name}}_product","seller_id":"{{seller}}","name":"{{name}}"{{productFields}}}""")).Expect(201);
        (await gateway.Admin.PostAsync("/v1/plans", $$$"""{"id":"{{{name}}}_plan","product_id":"{{{name}}}_product","name":"Monthly","interval":{"unit":"month","count":1},"trial_days":{{{trialDays}}}{{{planFields}}}}""")).Expect(201);
        (await gateway.Admin.PostAsync("/v1/offers", $$"""{"id":"{{name}}_offer","plan_id":"{{name}}_plan","amount":{{amount}},"currency":"{{currency}}"}""")).Expect(201);
    }

    /// <summary>Plan <c>{name}_plan</c> and offer <c>{name}_offer</c> of product <c>gold_product</c>, in BRL.</summary>
    public static async Task SellToGoldAsync(this TestGateway gateway, string name, long amount, string interval)
    {
        (await gateway.Admin.PostAsync("/v1/plans", $$"""{"id":"{{name}}_plan","product_id":"gold_product","name":"{{name}}","interval":{{interval}}}""")).Expect(201);
        (await gateway.Admin.PostAsync("/v1/offers", $$"""{"id":"{{name}}_offer","plan_id":"{{name}}_plan","amount":{{amount}},"currency":"BRL"}""")).Expect(201);
    }

    public static string Subscribe(string id, string offer = "gold_offer", string customer = "alice", string token = "tok_ok") =>
        $$$"""{"id":"{{{id}}}","offer_id":"{{{offer}}}","customer":{"id":"{{{customer}}}","email":"{{{customer}}}@example.com"},"payment_method":{"token":"{{{token}}}"}}""";

    /// <summary>A subscription whose first charge is over.</summary>
    public static async Task<Reply> SubscribeAsync(this TestGateway gateway, string id, string offer = "gold_offer", string customer = "alice", string token = "tok_ok")
    {
        (await gateway.Admin.PostAsync("/v1/subscriptions", Subscribe(id, offer, customer, token))).Expect(201);
        await gateway.SettleAsync();
        return await gateway.Admin.GetAsync($"/v1/subscriptions/{id}");
    }
}
