namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// How much a process sends at once. Endpoints that fail or are slow have slots of their own, so that they never take those of the
/// others: each may hold one until its time-out.
/// </summary>
internal sealed class SendingSlots : IDisposable
{
    /// <summary>Requests of the process to endpoints that take what they get.</summary>
    public const int HealthyMax = 512;

    /// <summary>Requests of the process to endpoints that fail.</summary>
    public const int FailingMax = 128;

    /// <summary>Requests to one endpoint.</summary>
    public const int OfEndpoint = 48;

    /// <summary>Requests to one endpoint that fails.</summary>
    public const int OfFailingEndpoint = 2;

    private readonly SemaphoreSlim healthy = new(HealthyMax);
    private readonly SemaphoreSlim failing = new(FailingMax);

    public async ValueTask<Slot> TakeAsync(bool isApart, CancellationToken cancellationToken)
    {
        var slots = isApart ? failing : healthy;
        await slots.WaitAsync(cancellationToken);
        return new Slot(slots);
    }

    public void Dispose()
    {
        healthy.Dispose();
        failing.Dispose();
    }

    internal readonly struct Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
