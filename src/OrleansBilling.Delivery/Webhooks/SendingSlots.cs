namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// How much a process sends and reads at once. Endpoints that fail or are slow have slots of their own, so that they never take
/// those of the others: each may hold one until its time-out.
/// </summary>
internal sealed class SendingSlots : IDisposable
{
    /// <summary>Requests of the process to endpoints that take what they get.</summary>
    public const int HealthyMax = 512;

    /// <summary>Requests of the process to endpoints that fail.</summary>
    public const int FailingMax = 128;

    /// <summary>Endpoints of the process that read the feed by themselves, so that many that trail leave the database to others.</summary>
    public const int ReadingMax = 8;

    /// <summary>Requests to one endpoint.</summary>
    public const int OfEndpoint = 48;

    /// <summary>Requests to one endpoint that fails.</summary>
    public const int OfFailingEndpoint = 2;

    private readonly SemaphoreSlim healthy = new(HealthyMax);
    private readonly SemaphoreSlim failing = new(FailingMax);
    private readonly SemaphoreSlim reading = new(ReadingMax);

    public ValueTask<Slot> TakeAsync(bool isApart, CancellationToken cancellationToken) =>
        TakeAsync(isApart ? failing : healthy, cancellationToken);

    /// <summary>A slot for one read of the feed.</summary>
    public ValueTask<Slot> TakeReadingAsync(CancellationToken cancellationToken) => TakeAsync(reading, cancellationToken);

    public void Dispose()
    {
        healthy.Dispose();
        failing.Dispose();
        reading.Dispose();
    }

    private static async ValueTask<Slot> TakeAsync(SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        return new Slot(slots);
    }

    internal readonly struct Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
