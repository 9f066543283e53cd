using System.Threading.RateLimiting;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>How many things each caller may have under way at a time; only callers that have some are kept.</summary>
/// <param name="atOnce">So many at a time.</param>
/// <param name="waiting">So many more may wait, in their order.</param>
internal abstract class CallerLimit(int atOnce, int waiting) : IAsyncDisposable
{
    protected PartitionedRateLimiter<Caller> Limiter { get; } =
        PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetConcurrencyLimiter(
            Tenant.Of(caller),
            _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));

    public ValueTask DisposeAsync() => Limiter.DisposeAsync();
}

/// <summary>The requests that are worked on, of each seller and each customer.</summary>
internal sealed class RequestTurns(int atOnce, int waiting) : CallerLimit(atOnce, waiting)
{
    /// <summary>Waits for a turn; it is not acquired when as many wait as may.</summary>
    public ValueTask<RateLimitLease> TakeAsync(Caller caller, CancellationToken cancellationToken) =>
        Limiter.AcquireAsync(caller, 1, cancellationToken);
}

/// <summary>The open streams of POST /v1/commands, of each caller.</summary>
internal sealed class StreamSlots(int atOnce) : CallerLimit(atOnce, waiting: 0)
{
    /// <summary>Takes a slot; it is not acquired when there is none.</summary>
    public RateLimitLease Take(Caller caller) => Limiter.AttemptAcquire(caller);
}
