using System.Text.Json.Nodes;
using NodaTime;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>What the tests sell: a course at 19.90 a day.</summary>
internal static class DailyOffer
{
    public const long Amount = 1_990;

    /// <summary>Puts it into the catalog.</summary>
    public static async Task AddAsync(BillingClient client)
    {
        await client.PostAsync("/v1/products", new JsonObject { ["id"] = "course", ["seller_id"] = "seller-1", ["name"] = "Course" });
        await client.PostAsync("/v1/plans", new JsonObject
        {
            ["id"] = "daily", ["product_id"] = "course", ["name"] = "Daily", ["interval"] = new JsonObject { ["unit"] = "day", ["count"] = 1 },
        });
        await client.PostAsync("/v1/offers", new JsonObject { ["id"] = "offer", ["plan_id"] = "daily", ["amount"] = Amount, ["currency"] = "BRL" });
    }

    /// <summary>A line of POST /v1/commands that subscribes to it, now or from an instant on.</summary>
    public static JsonNode Subscribe(string id, Instant? start = null) => new JsonObject
    {
        ["type"] = "subscribe",
        ["subscription_id"] = id,
        ["idempotency_key"] = $"subscribe-{id}",
        ["offer_id"] = "offer",
        ["customer"] = new JsonObject { ["id"] = $"customer-{id}" },
        ["payment_method"] = new JsonObject { ["token"] = "tok_ok" },
        ["start_at"] = start?.ToString(),
    };

    /// <summary>Signs up in bulk.</summary>
    public static async Task SubscribeAsync(BillingClient client, IEnumerable<JsonNode> lines) =>
        Assert.All(await client.BulkAsync(lines), line => Assert.Equal(201, line["status"]!.GetValue<int>()));
}
