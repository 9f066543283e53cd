using System.Threading.RateLimiting;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Limits the requests in progress of each seller and each customer. A request that only waits for something gives its turn back, or its
/// caller would lock itself out; how many of them may wait so is limited too.
/// </summary>
/// <param name="atOnce">The most requests of a caller in progress.</param>
/// <param name="waiting">The most that may wait for their first turn, in order of arrival.</param>
/// <param name="outside">The most that may wait for something else outside their turn.</param>
internal sealed class RequestTurns(int atOnce, int waiting, int outside) : CallerLimit(atOnce, waiting + outside)
{
    /// <summary>Those who wait for their first turn, so that they leave room in the queue for those who come back.</summary>
    private readonly CallerSlots? first = waiting > 0 ? new CallerSlots(waiting) : null;

    private readonly CallerSlots waits = new(outside);

    /// <summary>Waits for the first turn of a request; null if too many wait for one.</summary>
    public ValueTask<RequestTurn?> TakeAsync(Caller caller, CancellationToken cancellationToken)
    {
        var lease = Limiter.AttemptAcquire(caller);
        return lease.IsAcquired ? new(new RequestTurn(this, caller, lease)) : QueueAsync(caller, cancellationToken);
    }

    /// <summary>Takes the turn again. There is always room to wait for it: whoever comes back has a place for its wait.</summary>
    public async ValueTask<RateLimitLease> RetakeAsync(Caller caller, CancellationToken cancellationToken)
    {
        var lease = await Limiter.AcquireAsync(caller, 1, cancellationToken);
        return lease.IsAcquired ? lease : throw new InvalidOperationException("The queue has no room for a request that comes back.");
    }

    /// <summary>Takes a place for a wait. The lease is not acquired if there is none.</summary>
    public RateLimitLease TakeWait(Caller caller) => waits.Take(caller);

    public override async ValueTask DisposeAsync()
    {
        if (first is not null) await first.DisposeAsync();
        await waits.DisposeAsync();
        await base.DisposeAsync();
    }

    private async ValueTask<RequestTurn?> QueueAsync(Caller caller, CancellationToken cancellationToken)
    {
        using var place = first?.Take(caller);
        if (place is not { IsAcquired: true }) return null;
        return new RequestTurn(this, caller, await RetakeAsync(caller, cancellationToken));
    }
}
