using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>
/// Sends to an endpoint that fails at random, answers slowly and sometimes not at all, while silos are killed (SIGKILL). It must get
/// every event of each subscription, in order.
/// </summary>
[Collection(ProcessCluster.Collection)]
public sealed class WebhookKillTests
{
    private const int Subscriptions = 60;

    [PostgresFact]
    public async Task An_unreliable_endpoint_gets_every_event_of_each_subscription_in_order_although_silos_die()
    {
        await using var receiver = new WebhookReceiver();
        await using var cluster = await ProcessCluster.StartAsync(silos: 3, virtualClock: true, more: new Dictionary<string, string>
        {
            ["Billing__MasterKey"] = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", ["Billing__Webhooks__AllowPrivate"] = "true",
        });
        var taken = new ConcurrentQueue<ReceivedWebhook>();
        receiver.Answer = new UnreliableAnswers(taken).AnswerAsync;
        await cluster.Client.PostAsync(
            "/v1/webhook-endpoints", new JsonObject { ["id"] = "hook", ["url"] = receiver.Url.ToString() });
        var ids = Enumerable.Range(1, Subscriptions).Select(n => $"s{n}").ToList();
        await cluster.SellAsync(ids, _ => "tok_ok");

        foreach (var date in new[] { "2024-02-15T00:00:00Z", "2024-03-10T00:00:00Z", "2024-04-10T00:00:00Z" })
        {
            var before = taken.Count;
            var renewing = cluster.AdvanceAsync(date);
            await Eventually.HoldsAsync(() => taken.Count > before + Subscriptions);
            await cluster.KillAsync(cluster.Silos[0]);
            await cluster.JoinAsync();
            await renewing;
        }

        var expected = (await ReadFeedAsync(cluster)).Select(NameOf).ToList();
        await Eventually.EqualAsync(
            expected.Count, () => Task.FromResult(taken.Select(NameOf).Distinct().Count()), TimeSpan.FromMinutes(2));
        await Eventually.HoldsAsync(async () =>
            (await cluster.Client.GetAsync("/v1/webhook-endpoints/hook/deliveries?status=waiting"))["data"]!.AsArray().Count == 0);

        // Created, activated or renewed four times, and an invoice created and paid each time.
        Assert.True(expected.Count >= Subscriptions * 10, $"Only {expected.Count} events happened.");
        Assert.Equal(
            expected.GroupBy(name => name.Subscription).ToDictionary(life => life.Key, life => life.ToList()),
            taken.Select(NameOf).Distinct().GroupBy(name => name.Subscription).ToDictionary(life => life.Key, life => life.ToList()));
        Assert.True(receiver.Received.Count > taken.Count, "The endpoint never failed; the test proved nothing.");
    }

    private static async Task<List<JsonNode>> ReadFeedAsync(ProcessCluster cluster)
    {
        var events = new List<JsonNode>();
        for (var after = ""; ;)
        {
            var page = await cluster.Client.GetAsync($"/v1/events?limit=200{after}");
            events.AddRange(page["data"]!.AsArray().Select(e => e!.DeepClone()));
            if (!page["has_more"]!.GetValue<bool>()) return events;
            after = $"&after={page["next_cursor"]!.GetValue<string>()}";
        }
    }

    private static (string Subscription, string Event) NameOf(ReceivedWebhook webhook) => (webhook.SubscriptionId!, webhook.Id);

    private static (string Subscription, string Event) NameOf(JsonNode e) =>
        (e["subscription_id"]!.GetValue<string>(), e["id"]!.GetValue<string>());

    /// <summary>One event in eight fails the first time, one in eight is answered slowly, and one event gets no answer at first.</summary>
    private sealed class UnreliableAnswers(ConcurrentQueue<ReceivedWebhook> taken)
    {
        private readonly ConcurrentDictionary<string, bool> seen = new();
        private readonly Random random = new(7);
        private int silences = 1;

        public async Task<int> AnswerAsync(ReceivedWebhook webhook)
        {
            int dice;
            lock (random) dice = random.Next(8);
            if (seen.TryAdd(webhook.Id, true) && dice == 0)
            {
                if (Interlocked.Decrement(ref silences) == 0) await Task.Delay(TimeSpan.FromSeconds(16));
                return 500;
            }

            if (dice == 1) await Task.Delay(TimeSpan.FromMilliseconds(300));
            taken.Enqueue(webhook);
            return 200;
        }
    }
}
