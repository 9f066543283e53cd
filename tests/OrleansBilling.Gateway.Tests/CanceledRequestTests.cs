using System.Text;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// Callers disconnect while their command is in progress. What the grain has received belongs to the grain: no command is
/// half done, nothing of the aborted request is used any more, and a repeat with the same key gets the result.
/// </summary>
public sealed class CanceledRequestTests
{
    private const int Subscriptions = 60;
    private const int Changes = 4;

    [Fact]
    public async Task Whoever_hangs_up_and_asks_again_finds_each_command_done_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        var hungUp = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Subscriptions), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            using var caller = new HttpClient { BaseAddress = gateway.Address };
            await SendTwiceAsync("/v1/subscriptions", Catalog.Subscribe($"s{n}"), $"start-{n}", n);
            for (var change = 0; change < Changes; change++)
            {
                var body = $$"""{"token":"tok_{{n}}_{{change}}"}""";
                await SendTwiceAsync($"/v1/subscriptions/s{n}/payment-method", body, $"change-{n}-{change}", n + change);
            }

            async Task SendTwiceAsync(string path, string body, string key, int patience)
            {
                using var hangUp = new CancellationTokenSource();
                var first = caller.SendAsync(Request(path, body, key), hangUp.Token);
                for (var spin = 0; spin < patience % 7 * 40 && !first.IsCompleted; spin++) await Task.Yield();
                await hangUp.CancelAsync();
                try
                {
                    (await first).Dispose();
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref hungUp);
                }

                using var second = await caller.SendAsync(Request(path, body, key), CancellationToken.None);
                Assert.True(second.IsSuccessStatusCode, $"{path}: {await second.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
        });
        await gateway.SettleAsync();

        Assert.True(hungUp > Subscriptions, $"Only {hungUp} hung up; the test proved nothing.");
        for (var n = 0; n < Subscriptions; n++)
        {
            var subscription = (await gateway.Admin.GetAsync($"/v1/subscriptions/s{n}")).Expect(200);
            Assert.Equal($"tok_{n}_{Changes - 1}", subscription.Json.GetProperty("payment_method").GetProperty("token").GetString());
            var history = (await gateway.Admin.GetAsync($"/v1/subscriptions/s{n}/events?limit=100")).Expect(200);
            var events = history.Data.Select(e => e.GetProperty("type").GetString()).ToList();
            Assert.Equal(1, events.Count(type => type == "subscribed"));
            Assert.Equal(Changes, events.Count(type => type == "payment_method_changed"));
            Assert.Equal(1, events.Count(type => type == "charge_succeeded"));
        }
    }

    private static HttpRequestMessage Request(string path, string body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", TestGateway.AdminKey);
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }
}
