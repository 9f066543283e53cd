using System.Threading.RateLimiting;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>The turn of a request among those of its caller, until disposed.</summary>
internal sealed class RequestTurn(RequestTurns turns, Caller caller, RateLimitLease lease) : IDisposable
{
    private RateLimitLease? held = lease;

    /// <summary>A place for a wait; null if the caller has the maximum number of them.</summary>
    public RequestWait? TryWait()
    {
        var place = turns.TakeWait(caller);
        return place.IsAcquired ? new RequestWait(this, place) : null;
    }

    /// <summary>Gives the turn back, waits, and takes it again. A wait that fails leaves the request without a turn.</summary>
    public async ValueTask<T> WaitOutsideAsync<T>(Func<Task<T>> waitAsync, CancellationToken cancellationToken)
    {
        Dispose();
        var result = await waitAsync();
        held = await turns.RetakeAsync(caller, cancellationToken);
        return result;
    }

    public void Dispose()
    {
        held?.Dispose();
        held = null;
    }
}

/// <summary>A place to wait for something, until disposed. Meanwhile the caller's other requests have the turn.</summary>
/// <param name="turn">The turn that is given back; null if the request has none.</param>
/// <param name="place">Counts the waits of the caller; null if they are not limited.</param>
internal sealed class RequestWait(RequestTurn? turn, RateLimitLease? place) : IDisposable
{
    /// <param name="field">What asks for the wait, if it is a field.</param>
    public static ApiError TooMany(string? field = null) => new(
        429, "too_many_requests", "This caller has the maximum number of requests that wait for something; send the next when some are " +
        "answered.", field, RetryAfterSeconds: 1);

    /// <summary>Waits for something. The request has its turn again afterwards, so its own work must not be part of the wait.</summary>
    public ValueTask<T> WaitAsync<T>(Func<Task<T>> waitAsync, CancellationToken cancellationToken) =>
        turn is null ? new(waitAsync()) : turn.WaitOutsideAsync(waitAsync, cancellationToken);

    /// <summary>Waits for some time.</summary>
    public async ValueTask PauseAsync(TimeSpan pause, TimeProvider time, CancellationToken cancellationToken) =>
        await WaitAsync(
            async () =>
            {
                await Task.Delay(pause, time, cancellationToken);
                return true;
            },
            cancellationToken);

    public void Dispose() => place?.Dispose();
}
