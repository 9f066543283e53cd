using System.Threading.RateLimiting;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>How many things each caller may have under way at a time; only callers that have some are kept.</summary>
internal static class CallerLimit
{
    /// <summary>A limit of so many at a time for each caller, of which so many more may wait, in their order.</summary>
    public static PartitionedRateLimiter<Caller> Of(int atOnce, int waiting) =>
        PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetConcurrencyLimiter(
            Tenant.Of(caller),
            _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));
}
