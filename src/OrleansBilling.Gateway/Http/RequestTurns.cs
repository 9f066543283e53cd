using System.Threading.RateLimiting;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Lets only so many requests of one seller, or of one customer, be worked on at a time; the others of the same caller wait
/// in their order, so that whoever asks for much waits for himself and nobody else does. Administrators never wait.
/// </summary>
internal sealed class RequestTurns(int atOnce, int waitingMax) : IAsyncDisposable
{
    private static readonly ApiError TooMany = new(
        429, "too_many_requests", "As many requests of this caller wait as may; send the next when some are answered.", null, RetryAfterSeconds: 1);

    private readonly PartitionedRateLimiter<Caller> limiter = PartitionedRateLimiter.Create<Caller, string>(caller => caller.Role == Role.Administrator
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetConcurrencyLimiter(IdempotencyHeader.TenantOf(caller), _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = atOnce,
            QueueLimit = waitingMax,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    /// <summary>Waits for the caller's turn; <paramref name="handle"/> makes the answer, which is written before the turn ends.</summary>
    public async Task RunAsync(ApiCall call, Func<ValueTask<IResult>> handle)
    {
        using var turn = await limiter.AcquireAsync(call.Caller, 1, call.Aborted);
        var answer = turn.IsAcquired ? await handle() : Answers.Problem(TooMany);
        await answer.ExecuteAsync(call.Http);
    }

    public ValueTask DisposeAsync() => limiter.DisposeAsync();
}
