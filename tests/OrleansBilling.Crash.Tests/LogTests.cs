using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Testing;

namespace OrleansBilling.Crash.Tests;

/// <summary>
/// The log of a gateway: one JSON document per line if configured so, and no personal data, card tokens or keys at any level.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class LogTests(PostgresFixture postgres)
{
    private const string Error = "\"LogLevel\":\"Error\"";
    private const string Comment = "I am moving to Lisbon";
    private static readonly string[] Secrets = [
        "bob@example.com", "bob-the-buyer", "tok_decline_2", "tok_ok", Comment, "birthday-present", "swordfish", Marketplace.AdminKey,
        "not-the-right-key", "canary"];

    private static readonly Dictionary<string, string> Everything = new()
    {
        ["Logging__Console__FormatterName"] = "json",
        ["Logging__LogLevel__Default"] = "Debug",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Information",
    };

    [PostgresFact]
    public async Task Every_line_is_json_and_none_tells_of_persons_cards_or_keys()
    {
        var database = await postgres.CreateDatabaseAsync("logs") + ";Password=swordfish";
        await using var marketplace = await Marketplace.OpenAsync(database, dropAnswerPercent: 30, Everything);
        await marketplace.SellMonthlyAsync();
        for (var n = 0; n < 20; n++)
            await marketplace.Client.PostAsync(
                "/v1/subscriptions", Subscribe($"s{n}", n % 2 == 0 ? "tok_ok" : "tok_decline_2"), $"key-{n}");
        await marketplace.Client.PostAsync("/v1/clock/advance", new JsonObject { ["to"] = "2024-03-10T00:00:00Z" });
        await marketplace.Client.PostAsync(
            "/v1/subscriptions/s0/cancel", new JsonObject { ["at"] = "now", ["reason"] = "too_expensive", ["comment"] = Comment });
        await marketplace.Client.PostAsync(
            "/v1/customers",
            new JsonObject { ["id"] = "c", ["email"] = "canary@example.com", ["name"] = "canary", ["tax_id"] = "canary" }, "customer");
        await marketplace.Client.PostAsync("/v1/subscriptions/s2/messages", new JsonObject { ["text"] = "canary" }, "message");
        await marketplace.Client.PostAsync(
            "/v1/subscriptions/s2/invoices/1/refund", new JsonObject { ["amount"] = 1, ["reason"] = "canary" }, "refund");
        await marketplace.Client.TryPostAsync(
            "/v1/payments/chargebacks", new JsonObject { ["key"] = "s4:1:1", ["reason"] = "canary" }, "chargeback");
        using (var stranger = new BillingClient(marketplace.Gateway.Address, "not-the-right-key"))
            Assert.Equal(401, (int)(await stranger.TryPostAsync("/v1/subscriptions", Subscribe("x", "tok_ok"))).Status);
        Assert.Equal(
            400, (int)(
                await marketplace.Client.TryPostAsync("/v1/subscriptions", new JsonObject { ["bob@example.com"] = "tok_ok" })).Status);

        Assert.DoesNotContain(Error, marketplace.Gateway.Output, StringComparison.Ordinal);

        await postgres.Server.StopAsync();
        try
        {
            Assert.Equal(
                503, (int)(await marketplace.Client.TryPostAsync("/v1/subscriptions", Subscribe("late", "tok_ok"), "late")).Status);
            await Eventually.HoldsAsync(() => marketplace.Gateway.Output.Contains(Error, StringComparison.Ordinal));
        }
        finally
        {
            await postgres.Server.StartAsync();
        }

        Assert.Equal(0, await marketplace.Gateway.TerminateAsync());

        var lines = marketplace.Gateway.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var entries = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(entries, entry => Assert.NotEmpty(entry.GetProperty("Category").GetString()!));
        Assert.All(
            entries,
            entry => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", entry.GetProperty("Timestamp").GetString()));
        Assert.All(entries, entry => Assert.Equal("all", entry.GetProperty("State").GetProperty("role").GetString()));
        Assert.All(entries, entry => Assert.NotEmpty(entry.GetProperty("State").GetProperty("version").GetString()!));
        Assert.All(entries, entry => Assert.True(entry.GetProperty("State").TryGetProperty("process", out _)));
        Assert.Contains(entries, entry => entry.GetProperty("State").TryGetProperty("trace_id", out _));
        Assert.Contains(entries, entry => entry.GetProperty("Category").GetString() == "Microsoft.AspNetCore.Hosting.Diagnostics");
        var served = entries.Where(entry => entry.GetProperty("Category").GetString() == "Microsoft.AspNetCore.Routing.EndpointMiddleware");
        Assert.NotEmpty(served);
        Assert.All(served, entry => Assert.StartsWith("req_", entry.GetProperty("State").GetProperty("request_id").GetString()));
        Assert.Contains(entries, entry => entry.GetProperty("LogLevel").GetString() == "Error" && entry.TryGetProperty("Exception", out _));
        Assert.All(Secrets, secret => Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private static JsonObject Subscribe(string id, string token) => new()
    {
        ["id"] = id,
        ["offer_id"] = "offer",
        ["customer"] = new JsonObject { ["id"] = "bob-the-buyer", ["email"] = "bob@example.com" },
        ["payment_method"] = new JsonObject { ["token"] = token },
        ["metadata"] = new JsonObject { ["occasion"] = "birthday-present" },
    };
}
