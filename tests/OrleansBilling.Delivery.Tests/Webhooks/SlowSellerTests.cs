using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Tests.Harness;
using OrleansBilling.Delivery.Webhooks;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Testing;

namespace OrleansBilling.Delivery.Tests.Webhooks;

/// <summary>A seller whose endpoints do not answer delays nobody else, also where one host serves both.</summary>
public sealed class SlowSellerTests : IAsyncDisposable
{
    private readonly WebhookReceiver slow = new();
    private readonly WebhookReceiver other = new();
    private readonly MemoryFeed feed = new();
    private readonly OutboundClient client = new(new OutboundOptions { AllowPrivate = true }, TimeProvider.System);
    private readonly TaskCompletionSource<int> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowSellerTests() =>
        slow.Answer = webhook => webhook.SubscriptionId!.StartsWith("slow", StringComparison.Ordinal) ? answer.Task : Task.FromResult(204);

    public async ValueTask DisposeAsync()
    {
        answer.TrySetResult(204);
        client.Dispose();
        await slow.DisposeAsync();
        await other.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Others_get_theirs_while_one_seller_holds_all_it_may(bool onOneHost)
    {
        var secret = Encoding.UTF8.GetBytes(WebhookSecret.New(bytes => bytes.Fill(7)).Text);
        var webhooks = new ManyWebhooks(
        [
            .. Enumerable.Range(0, WebhookEndpoint.PerOwnerMax).Select(n => Endpoint($"slow-{n}", "slow", slow.Url)),
            Endpoint("fast", "fast", onOneHost ? slow.Url : other.Url),
        ]);
        for (var n = 0; n < 100; n++) feed.Add($"slow-{n}", "slow");
        await using var dispatch = new WebhookDispatch(
            webhooks, feed, feed, new OpenBox(), client, _ => true, () => 1, SystemClock.Instance, TimeProvider.System,
            bytes => bytes.Fill(127), NullLoggerFactory.Instance);
        dispatch.Start();
        await Eventually.HoldsAsync(() => slow.Received.Count >= SendingSlots.OfHostMax / 2);

        feed.Add("fast", "fast");
        await Eventually.HoldsAsync(() => webhooks.Delivered.Any(one => one.EndpointId == "fast"));
        Assert.DoesNotContain(webhooks.Delivered, one => one.EndpointId != "fast");
        answer.SetResult(204);
        await Eventually.HoldsAsync(() => webhooks.Delivered.Count == (100 * WebhookEndpoint.PerOwnerMax) + 1);

        WebhookEndpoint Endpoint(string id, string seller, Uri url) => new(id, seller, Instant.MinValue)
        {
            Url = url.ToString(), Secrets = new WebhookSecrets(secret),
        };
    }
}
