using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>Removes deliveries that ended long ago, little by little. What waits stays.</summary>
public sealed class DeliverySweep : IAsyncDisposable
{
    /// <summary>Deliveries removed in one transaction.</summary>
    private const int AtOnce = 2_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Between two transactions, so that commits are not held up.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    private readonly IWebhookStore store;
    private readonly Duration retention;
    private readonly IClock clock;
    private readonly BackgroundWork sweeping;

    /// <param name="store">The deliveries.</param>
    /// <param name="retention">How long they are kept.</param>
    /// <param name="clock">Operational time.</param>
    /// <param name="time">The same, to wait.</param>
    /// <param name="logger">Where it logs.</param>
    public DeliverySweep(IWebhookStore store, Duration retention, IClock clock, TimeProvider time, ILogger<DeliverySweep> logger)
    {
        (this.store, this.retention, this.clock) = (store, retention, clock);
        sweeping = new BackgroundWork("Removing old deliveries", SweepAsync, Interval, time, logger);
    }

    public void Start() => sweeping.Start(Interval);

    public async ValueTask DisposeAsync()
    {
        await sweeping.StopAsync();
        sweeping.Dispose();
    }

    internal async Task<TimeSpan?> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = await store.SweepAsync(clock.GetCurrentInstant() - retention, AtOnce, cancellationToken);
        return swept >= AtOnce ? Breath : Interval;
    }
}
