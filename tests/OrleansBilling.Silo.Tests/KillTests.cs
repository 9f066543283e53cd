using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>
/// Repeatedly kills (SIGKILL) one of three silos in the middle of a burst of renewals.
/// Afterwards the books must agree to the cent.
/// </summary>
[Collection(ProcessCluster.Collection)]
public sealed class KillTests
{
    private const int Subscriptions = 300;
    private static readonly string[] Tokens = ["tok_ok", "tok_ok", "tok_timeout", "tok_decline_1"];

    [PostgresFact]
    public async Task Each_period_is_paid_once_no_due_time_is_missed_and_every_acknowledged_command_is_there()
    {
        await using var cluster = await ProcessCluster.StartAsync(silos: 3, virtualClock: true, dropAnswerPercent: 10);
        var ids = Enumerable.Range(1, Subscriptions).Select(n => $"s{n}").ToList();
        await cluster.SellAsync(ids, n => Tokens[n % Tokens.Length]);
        await cluster.AdvanceAsync("2024-02-15T00:00:00Z");

        var canceled = new List<string>();
        var killedMidBurst = 0;
        foreach (var (date, burst) in new[] { ("2024-03-10T00:00:00Z", 1), ("2024-04-10T00:00:00Z", 2), ("2024-05-10T00:00:00Z", 3) })
        {
            var before = await cluster.ChargesAsync();
            var renewing = cluster.AdvanceAsync(date);
            var canceling = CancelAsync(cluster, ids.Where((_, n) => n % 30 == burst), canceled);
            await Eventually.HoldsAsync(
                async () => renewing.IsCompleted || await cluster.ChargesAsync() >= before + (Subscriptions / 8), TimeSpan.FromMinutes(1));
            if (!renewing.IsCompleted) killedMidBurst++;
            await cluster.KillAsync(cluster.Silos[0]);
            await cluster.JoinAsync();
            await Task.WhenAll(renewing, canceling);
        }

        await cluster.AdvanceAsync("2024-05-29T00:00:00Z");

        var lives = await cluster.AuditAsync(Instant.FromUtc(2024, 5, 29, 0, 0));
        Assert.Equal(ids.Order(StringComparer.Ordinal), lives.Keys.Order(StringComparer.Ordinal));
        var paid = lives.Values.Sum(life => life.Invoices.Count(invoice => invoice.Status == InvoiceStatus.Paid));
        var subscriptions = await cluster.ListAsync();
        Assert.Equal(Subscriptions, subscriptions.Count);
        Assert.All(canceled, id => Assert.NotNull(subscriptions[id]["cancel_at"] ?? subscriptions[id]["canceled_at"]));
        foreach (var subscription in subscriptions.Values.Where(subscription => subscription["status"]!.GetValue<string>() == "active"))
        {
            // Renewals of Jan 31, Feb 29, Mar 31, Apr 30.
            Assert.Equal(4, subscription["paid_recurrences"]!.GetValue<int>());
            Assert.Equal(4 * 1_990, subscription["lifetime_paid"]!.GetValue<long>());
        }

        Assert.True(killedMidBurst > 0, "Every burst was over before the kill; the test proved nothing.");
        Assert.Equal(30, canceled.Count);
        Assert.True(paid > 3 * Subscriptions, $"Only {paid} invoices were paid.");
    }

    /// <summary>Cancels at period end, one by one. Every command is acknowledged, even if a silo dies.</summary>
    private static async Task CancelAsync(ProcessCluster cluster, IEnumerable<string> ids, List<string> canceled)
    {
        foreach (var id in ids)
        {
            await cluster.Client.PostAsync($"/v1/subscriptions/{id}/cancel", new JsonObject { ["at"] = "period_end" }, $"cancel-{id}");
            canceled.Add(id);
        }
    }
}
