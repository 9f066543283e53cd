using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Testing;

namespace OrleansBilling.Crash.Tests;

/// <summary>Repeated kill -9 in the middle of a renewal burst. Afterwards the books must agree to the cent.</summary>
[Collection(PostgresCollection.Name)]
public sealed class KillDuringRenewalsTests(PostgresFixture postgres)
{
    private const int Subscriptions = 400;
    private static readonly string[] Tokens = ["tok_ok", "tok_ok", "tok_timeout", "tok_decline_1"];
    private static readonly string[] Months = ["2024-03-10T00:00:00Z", "2024-04-10T00:00:00Z", "2024-05-10T00:00:00Z"];

    [Fact]
    public Task On_SQLite_each_period_is_paid_once_and_every_acknowledged_command_is_there() => KillAndAuditAsync(null, kills: 3);

    /// <summary>Each start after a kill waits until the cluster has declared the old process dead.</summary>
    [PostgresFact]
    public async Task On_PostgreSQL_each_period_is_paid_once_and_every_acknowledged_command_is_there() =>
        await KillAndAuditAsync(await postgres.CreateDatabaseAsync("kill"), Math.Min(FaultBounds.Rounds, Months.Length));

    private static async Task KillAndAuditAsync(string? connectionString, int kills)
    {
        await using var marketplace = await Marketplace.OpenAsync(connectionString, dropAnswerPercent: 10);
        await marketplace.SellMonthlyAsync();
        var ids = Enumerable.Range(1, Subscriptions).Select(n => $"s{n}").ToList();
        var signedUp = await marketplace.Client.BulkAsync(
            ids.Select((id, n) => (JsonNode)Marketplace.Subscribe(id, Tokens[n % Tokens.Length])));
        Assert.All(signedUp, line => Assert.Equal(201, line["status"]!.GetValue<int>()));
        await AdvanceAsync(marketplace, "2024-02-15T00:00:00Z");

        var canceled = new List<string>();
        var killedMidBurst = 0;
        foreach (var (kill, date) in Months.Index().Take(kills))
        {
            // Some cancellations are acknowledged before the kill. The others may or may not succeed.
            var leaving = ids.Where((_, n) => n % 40 == kill + 1).ToList();
            await CancelAsync(marketplace.Client, leaving.Take(3), canceled);
            var before = await ChargesAsync(marketplace);
            var renewing = TryAdvanceAsync(marketplace, date);
            var canceling = CancelAsync(marketplace.Client, leaving.Skip(3), canceled);
            await Eventually.HoldsAsync(
                async () => renewing.IsCompleted || await ChargesAsync(marketplace) >= before + (Subscriptions / 8));
            if (!renewing.IsCompleted) killedMidBurst++;
            await marketplace.KillGatewayAsync();
            await Task.WhenAll(renewing, canceling);
            await marketplace.StartGatewayAsync();
            await AdvanceAsync(marketplace, date);
        }

        await AdvanceAsync(marketplace, "2024-05-29T00:00:00Z");

        var subscriptions = (await marketplace.Client.ListAsync("/v1/subscriptions"))
            .ToDictionary(subscription => subscription["id"]!.GetValue<string>());
        Assert.Equal(Subscriptions, subscriptions.Count);
        Assert.All(canceled, id => Assert.NotNull(subscriptions[id]["cancel_at"] ?? subscriptions[id]["canceled_at"]));
        foreach (var subscription in subscriptions.Values.Where(subscription => subscription["status"]!.GetValue<string>() == "active"))
        {
            // Jan 31, Feb 29, Mar 31, Apr 30.
            Assert.Equal(4, subscription["paid_recurrences"]!.GetValue<int>());
            Assert.Equal(4 * 1_990, subscription["lifetime_paid"]!.GetValue<long>());
        }

        var lives = await marketplace.AuditAsync(Instant.FromUtc(2024, 5, 29, 0, 0));
        Assert.Equal(ids.Order(StringComparer.Ordinal), lives.Keys.Order(StringComparer.Ordinal));
        var paid = lives.Values.Sum(life => life.Invoices.Count(invoice => invoice.Status == InvoiceStatus.Paid));
        Assert.True(killedMidBurst > 0, "Every burst was over before the kill; the test proved nothing.");
        Assert.True(paid > 3 * Subscriptions, $"Only {paid} invoices were paid.");
        Assert.InRange(canceled.Count, 3 * kills, 10 * kills);
    }

    /// <summary>Cancels at period end, one by one, until the gateway dies. Records the acknowledged cancellations.</summary>
    private static async Task CancelAsync(BillingClient client, IEnumerable<string> ids, List<string> canceled)
    {
        try
        {
            foreach (var id in ids)
            {
                var (status, _) = await client.TryPostAsync(
                    $"/v1/subscriptions/{id}/cancel", new JsonObject { ["at"] = "period_end" }, $"cancel-{id}");
                if ((int)status == 200) canceled.Add(id);
            }
        }
        catch (HttpRequestException)
        {
            // Expected: the gateway was killed.
        }
    }

    private static async Task AdvanceAsync(Marketplace marketplace, string to) =>
        await marketplace.Client.PostAsync("/v1/clock/advance", new JsonObject { ["to"] = to });

    private static async Task TryAdvanceAsync(Marketplace marketplace, string to)
    {
        try
        {
            await marketplace.Client.TryPostAsync("/v1/clock/advance", new JsonObject { ["to"] = to });
        }
        catch (HttpRequestException)
        {
            // Expected: the gateway was killed.
        }
    }

    private static async Task<int> ChargesAsync(Marketplace marketplace) =>
        (await marketplace.Book.GetAsync("/v1/book/summary"))["charges"]!.GetValue<int>();
}
