using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>The offer of the tests: a course at 19.90 a day.</summary>
internal static class DailyOffer
{
    public const long Amount = 1_990;

    /// <summary>Adds the offer to the catalog.</summary>
    public static async Task AddAsync(BillingClient client)
    {
        await client.PostAsync("/v1/products", new JsonObject { ["id"] = "course", ["seller_id"] = "seller-1", ["name"] = "Course" });
        await client.PostAsync("/v1/plans", new JsonObject
        {
            ["id"] = "daily", ["product_id"] = "course", ["name"] = "Daily",
            ["interval"] = new JsonObject { ["unit"] = "day", ["count"] = 1 },
        });
        await client.PostAsync("/v1/offers", new JsonObject
        {
            ["id"] = "offer", ["plan_id"] = "daily", ["amount"] = Amount, ["currency"] = "BRL",
        });
    }

    /// <summary>A body of POST /v1/subscriptions for this offer, starting now or at an instant.</summary>
    public static JsonObject Subscription(string id, Instant? start = null) => new()
    {
        ["id"] = id,
        ["offer_id"] = "offer",
        ["customer"] = new JsonObject { ["id"] = $"customer-{id}" },
        ["payment_method"] = new JsonObject { ["token"] = "tok_ok" },
        ["start_at"] = start?.ToString(),
    };

    /// <summary>Signs up in bulk. Lines that the database could not accept at once are retried with the same keys.</summary>
    public static async Task SubscribeAsync(BillingClient client, IEnumerable<string> ids)
    {
        var waiting = ids.ToList();
        await Eventually.HoldsAsync(what: "all are signed up", condition: async () =>
        {
            var answers = await client.BulkAsync(waiting.Select(Line));
            var statuses = answers.Select(answer => answer["status"]!.GetValue<int>()).ToList();
            Assert.All(statuses, status => Assert.True(status is 201 or 429 or 503, $"A sign-up failed with status {status}."));
            waiting = [.. waiting.Where((_, n) => statuses[n] != 201)];
            return waiting.Count == 0;
        });
    }

    /// <summary>A subscribe line of POST /v1/commands.</summary>
    public static JsonNode Line(string id)
    {
        var line = Subscription(id);
        line.Remove("id");
        line["type"] = "subscribe";
        line["subscription_id"] = id;
        line["idempotency_key"] = $"subscribe-{id}";
        return line;
    }
}
