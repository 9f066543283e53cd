using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Tests.Harness;
using OrleansBilling.Delivery.Webhooks;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Testing;

namespace OrleansBilling.Delivery.Tests.Webhooks;

/// <summary>Ten thousand endpoints of one seller each: what they cost while there is nothing for them.</summary>
public sealed class ManyEndpointsTests : IAsyncDisposable
{
    private const int Count = 10_000;

    /// <summary>What an endpoint that waits may hold in memory, besides its settings.</summary>
    private const int BytesMax = 8_192;

    private readonly WebhookReceiver receiver = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2024, 1, 31, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryFeed feed = new();
    private readonly OutboundClient client = new(new OutboundOptions { AllowPrivate = true }, TimeProvider.System);
    private readonly ManyWebhooks webhooks;

    public ManyEndpointsTests()
    {
        var secret = Encoding.UTF8.GetBytes(WebhookSecret.New(bytes => bytes.Fill(7)).Text);
        webhooks = new ManyWebhooks(
        [
            .. Enumerable.Range(0, Count).Select(n => new WebhookEndpoint($"hook-{n}", $"seller-{n}", Instant.MinValue)
            {
                Url = receiver.Url.ToString(), Secrets = new WebhookSecrets(secret),
            }),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task They_read_nothing_by_themselves_and_each_gets_what_is_its_own()
    {
        feed.Add("sub-3", "seller-3");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var dispatch = new WebhookDispatch(
            webhooks, feed, feed, new OpenBox(), client, _ => true, () => 1, SystemClock.Instance, time, bytes => bytes.Fill(127),
            NullLoggerFactory.Instance);
        dispatch.Start();
        await MovedUntilAsync(() => webhooks.Taken == Count && webhooks.Delivered.Count == 1);
        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Count, 1, BytesMax);

        for (var n = 0; n < 50; n++) feed.Add("sub-1", $"seller-{n * 100}");
        feed.Add("sub-1", "nobody");
        await MovedUntilAsync(() => webhooks.Delivered.Count == 51);
        Assert.Equal(
            Enumerable.Range(0, 50).Select(n => ($"hook-{n * 100}", (long)(n + 2))).Prepend(("hook-3", 1L)).Order(),
            webhooks.Delivered.Order());

        // Only the one that had something to read when it was taken.
        Assert.InRange(feed.ReadsOfSellers, 1, 2);
        Assert.Equal(Count, webhooks.Taken);
    }

    private Task<TimeSpan> MovedUntilAsync(Func<bool> condition) => Eventually.HoldsAsync(() =>
    {
        time.Advance(TimeSpan.FromSeconds(1));
        return condition();
    });
}
