using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Tests.Harness;
using OrleansBilling.Delivery.Webhooks;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Testing;

namespace OrleansBilling.Delivery.Tests.Webhooks;

/// <summary>Sending to one endpoint over a real connection, in a time that the test moves.</summary>
public sealed class WebhookDispatchTests : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly WebhookReceiver receiver = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2024, 1, 31, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryFeed feed = new();
    private readonly OutboundClient client = new(new OutboundOptions { AllowPrivate = true }, TimeProvider.System);
    private readonly MemoryWebhooks webhooks;
    private readonly WebhookDispatch dispatch;
    private volatile bool isMine = true;

    public WebhookDispatchTests()
    {
        var secret = WebhookSecret.New(bytes => bytes.Fill(7)).Text;
        webhooks = new MemoryWebhooks(new WebhookEndpoint("hook", null, Now)
        {
            Url = receiver.Url.ToString(), Secrets = new WebhookSecrets(Encoding.UTF8.GetBytes(secret)),
        });
        dispatch = new WebhookDispatch(
            webhooks, feed, feed, new OpenBox(), client, _ => isMine, () => isMine ? 1 : 0, new MovedClock(time), time,
            bytes => bytes.Fill(127),
            NullLoggerFactory.Instance);
        dispatch.Start();
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await dispatch.DisposeAsync();
        client.Dispose();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Old_and_new_events_come_in_order_and_the_place_is_kept()
    {
        for (var n = 0; n < 250; n++) feed.Add($"sub-{n % 7}");
        await MovedUntilAsync(() => webhooks.Through == 250);
        feed.Add("sub-1");
        await MovedUntilAsync(() => webhooks.Through == 251 && webhooks.Deliveries.Values.All(one => one.IsDelivered));
        Assert.Equal(251, receiver.Received.Count);
        Assert.All(
            receiver.Received.GroupBy(webhook => webhook.SubscriptionId),
            life => Assert.Equal(Enumerable.Range(1, life.Count()).Select(n => (long)n), life.Select(webhook => webhook.Sequence)));
    }

    [Fact]
    public async Task Attempts_are_counted_by_outcome_and_endpoints_by_state()
    {
        using var attempts = new MetricCollector<long>(BillingTelemetry.WebhookAttempts);
        using var endpoints = new MetricCollector<long>(BillingTelemetry.WebhookEndpoints);
        await MovedUntilAsync(() => StateNow() == "live");
        var refusals = 0;
        receiver.Answer = _ => Task.FromResult(Interlocked.Increment(ref refusals) <= 3 ? 500 : 200);
        feed.Add("sub-1");
        await MovedUntilAsync(() => StateNow() == "failing", TimeSpan.FromMinutes(1));
        await MovedUntilAsync(() => webhooks.Deliveries.Values.Any(one => one.IsDelivered), TimeSpan.FromMinutes(1));

        Assert.Equal("live", StateNow());
        Assert.Equal(
            ["refused", "refused", "refused", "taken"],
            attempts.GetMeasurementSnapshot().Select(measured => Assert.IsType<string>(measured.Tags["outcome"])));

        string? StateNow()
        {
            endpoints.Clear();
            endpoints.RecordObservableInstruments();
            return endpoints.GetMeasurementSnapshot().SingleOrDefault()?.Tags["state"] as string;
        }
    }

    [Fact]
    public async Task A_failure_is_tried_again_by_the_schedule()
    {
        var attempts = new ConcurrentQueue<Instant>();
        receiver.Answer = _ =>
        {
            attempts.Enqueue(Now);
            return Task.FromResult(attempts.Count < 4 ? 500 : 200);
        };
        feed.Add("sub-1");
        await MovedUntilAsync(() => webhooks.Deliveries.Values.Any(one => one.IsDelivered), TimeSpan.FromMinutes(1));
        var waits = attempts.Zip(attempts.Skip(1), (one, next) => next - one).ToList();
        Assert.Equal(3, waits.Count);
        foreach (var (wait, least) in waits.Zip([Duration.FromSeconds(5), Duration.FromMinutes(5), Duration.FromMinutes(30)]))
            Assert.InRange(wait, least * 0.9, (least * 1.1) + Duration.FromMinutes(2));
    }

    [Fact]
    public async Task Five_days_without_a_success_disable_it_and_enabling_goes_on_where_it_stopped()
    {
        receiver.Answer = _ => Task.FromResult(500);
        feed.Add("sub-1");
        await MovedUntilAsync(() => webhooks.Endpoint.Disabled is not null, TimeSpan.FromHours(1));
        Assert.Equal(DisabledBecause.Failing, webhooks.Endpoint.Disabled);
        Assert.True(Now - webhooks.Endpoint.FailingSince >= Duration.FromDays(5));
        feed.Add("sub-1");
        receiver.Answer = _ => Task.FromResult(200);
        await webhooks.ChangeAsync(webhooks.Endpoint with { Disabled = null }, CancellationToken.None);
        await MovedUntilAsync(
            () => webhooks.Deliveries.Count == 2 && webhooks.Deliveries.Values.All(one => one.IsDelivered), TimeSpan.FromHours(1));
        Assert.Equal([1L, 2], receiver.Received.Select(webhook => webhook.Sequence).TakeLast(2));
    }

    [Fact]
    public async Task With_so_many_that_wait_no_newer_ones_are_read_until_they_are_taken()
    {
        receiver.Answer = webhook => Task.FromResult(webhook.SubscriptionId == "sub-1" ? 500 : 200);
        for (var n = 0; n < 3 * IWebhookStore.WaitingMax; n++) feed.Add("sub-1");
        feed.Add("sub-2");
        await MovedUntilAsync(() => webhooks.Deliveries.Count >= IWebhookStore.WaitingMax);
        for (var n = 0; n < 20; n++) time.Advance(Step);
        Assert.InRange(webhooks.Deliveries.Count, IWebhookStore.WaitingMax, IWebhookStore.WaitingMax + 300);
        Assert.DoesNotContain(receiver.Received, webhook => webhook.SubscriptionId == "sub-2");
        receiver.Answer = _ => Task.FromResult(200);
        await MovedUntilAsync(() => webhooks.Through == (3 * IWebhookStore.WaitingMax) + 1, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Whoever_loses_the_endpoint_stores_nothing_more_and_takes_it_again_only_if_it_is_its_own()
    {
        feed.Add("sub-1");
        await MovedUntilAsync(() => webhooks.Through == 1);
        isMine = false;
        webhooks.TakeAway();
        feed.Add("sub-1");
        for (var n = 0; n < 10; n++) time.Advance(Step);
        isMine = true;
        await MovedUntilAsync(() => webhooks.Through == 2);
        Assert.Equal([1L, 2], receiver.Received.Select(webhook => webhook.Sequence).Distinct());
    }

    /// <summary>Moves time until a condition holds.</summary>
    private Task<TimeSpan> MovedUntilAsync(Func<bool> condition, TimeSpan? step = null) => Eventually.HoldsAsync(() =>
    {
        time.Advance(step ?? Step);
        return condition();
    });

    private sealed class MovedClock(TimeProvider time) : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(time.GetUtcNow());
    }
}
