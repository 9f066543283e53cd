using System.Threading.RateLimiting;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>Limits how many operations each caller may have in flight. Only callers with operations in flight use memory.</summary>
/// <param name="atOnce">The most operations in flight.</param>
/// <param name="waiting">The most that may wait, in order of arrival.</param>
internal abstract class CallerLimit(int atOnce, int waiting) : IAsyncDisposable
{
    protected PartitionedRateLimiter<Caller> Limiter { get; } =
        PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetConcurrencyLimiter(
            Tenant.Of(caller),
            _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));

    public virtual ValueTask DisposeAsync() => Limiter.DisposeAsync();
}

/// <summary>Gives each caller some slots, for which nobody waits.</summary>
internal class CallerSlots(int atOnce) : CallerLimit(atOnce, waiting: 0)
{
    /// <summary>Takes a slot. The lease is not acquired if there is none.</summary>
    public RateLimitLease Take(Caller caller) => Limiter.AttemptAcquire(caller);
}

/// <summary>Limits the open streams of POST /v1/commands of each caller.</summary>
internal sealed class StreamSlots(int atOnce) : CallerSlots(atOnce);
