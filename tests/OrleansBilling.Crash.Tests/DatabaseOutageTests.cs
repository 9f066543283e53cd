using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Testing;

namespace OrleansBilling.Crash.Tests;

/// <summary>PostgreSQL stops under load and comes back. The gateway is not restarted.</summary>
[Collection(PostgresCollection.Name)]
public sealed class DatabaseOutageTests(PostgresFixture postgres)
{
    [PostgresFact]
    public async Task An_outage_answers_503_and_afterwards_everything_acknowledged_is_there()
    {
        await using var marketplace = await Marketplace.OpenAsync(await postgres.CreateDatabaseAsync("outage"), dropAnswerPercent: 0);
        await marketplace.SellMonthlyAsync();
        var acknowledged = new ConcurrentDictionary<string, bool>();
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        using var enough = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 8).Select(caller => SubscribeUntilAsync(caller)).ToArray();

        await Eventually.HoldsAsync(() => acknowledged.Count >= 100);
        await postgres.Server.StopAsync();
        await Eventually.HoldsAsync(() => statuses.GetValueOrDefault(HttpStatusCode.ServiceUnavailable) >= 20);
        Assert.Equal(503, (int)(await marketplace.Client.TryPostAsync("/v1/subscriptions/nobody/uncancel", new JsonObject())).Status);
        var beforeReturn = acknowledged.Count;
        await postgres.Server.StartAsync();
        await Eventually.HoldsAsync(() => acknowledged.Count >= beforeReturn + 100);
        await enough.CancelAsync();
        await Task.WhenAll(callers);

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable], statuses.Keys.Order());
        var stored = (await marketplace.Client.ListAsync("/v1/subscriptions"))
            .Select(subscription => subscription["id"]!.GetValue<string>()).ToHashSet();
        Assert.Empty(acknowledged.Keys.Except(stored));

        // A first charge either was collected before the outage or is made now, as time advances.
        await marketplace.Client.PostAsync("/v1/clock/advance", new JsonObject { ["to"] = "2024-02-01T00:00:00Z" });
        var lives = await marketplace.AuditAsync(Instant.FromUtc(2024, 2, 1, 0, 0));
        Assert.Equal(stored.Order(StringComparer.Ordinal), lives.Keys.Order(StringComparer.Ordinal));
        Assert.All(lives.Values, life => Assert.Equal(InvoiceStatus.Paid, Assert.Single(life.Invoices).Status));

        async Task SubscribeUntilAsync(int caller)
        {
            for (var n = 0; !enough.IsCancellationRequested; n++)
            {
                var id = $"c{caller}-{n}";
                HttpStatusCode status;
                do
                {
                    // The outcome of an unanswered request is unknown, so retry with the same key.
                    (status, _) = await marketplace.Client.TryPostAsync("/v1/subscriptions", Body(id), $"key-{id}");
                    statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                }
                while (status == HttpStatusCode.ServiceUnavailable && !enough.IsCancellationRequested);
                if (status == HttpStatusCode.Created) acknowledged[id] = true;
            }
        }
    }

    private static JsonObject Body(string id) => new()
    {
        ["id"] = id,
        ["offer_id"] = "offer",
        ["customer"] = new JsonObject { ["id"] = $"customer-{id}" },
        ["payment_method"] = new JsonObject { ["token"] = "tok_ok" },
    };
}
