using System.Diagnostics.CodeAnalysis;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// How much a process sends and reads at once. Slots are shared fairly among sellers: those of the process, and those of each host, which
/// may serve the endpoints of many sellers. Endpoints that fail or are slow have slots of their own, so that they never take those of the
/// others: each may hold one until its time-out.
/// </summary>
internal sealed class SendingSlots : IDisposable
{
    /// <summary>Requests of the process to endpoints that take what they get.</summary>
    public const int HealthyMax = 512;

    /// <summary>Requests of the process to endpoints that fail.</summary>
    public const int FailingMax = 128;

    /// <summary>Requests to one host, to endpoints that take what they get.</summary>
    public const int OfHostMax = 64;

    /// <summary>Requests to one host, to endpoints that fail.</summary>
    public const int OfFailingOnHostMax = 16;

    /// <summary>Endpoints of the process that read the feed by themselves, so that many that trail leave the database to others.</summary>
    public const int ReadingMax = 8;

    /// <summary>Requests to one endpoint.</summary>
    public const int OfEndpoint = 48;

    /// <summary>Requests to one endpoint that fails.</summary>
    public const int OfFailingEndpoint = 2;

    /// <summary>The part of all slots that one seller may hold.</summary>
    private const int SellersPart = 4;

    /// <summary>The part of a host's slots that one seller may hold: most hosts serve only one.</summary>
    private const int SellersPartOfHost = 2;

    private readonly FairSlots healthy = new(HealthyMax, HealthyMax / SellersPart);
    private readonly FairSlots failing = new(FailingMax, FailingMax / SellersPart);
    private readonly Lock gate = new();
    private readonly Dictionary<(string Host, bool IsApart), FairSlots> hosts = [];
    private readonly SemaphoreSlim reading = new(ReadingMax);

    /// <summary>A slot for one request.</summary>
    /// <param name="host">Where to, with its port.</param>
    /// <param name="sellerId">Whose endpoint it is; null for the marketplace's own.</param>
    /// <param name="isApart">Whether the endpoint fails or is slow.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<IDisposable> TakeAsync(string host, string? sellerId, bool isApart, CancellationToken cancellationToken)
    {
        var owner = sellerId ?? "";
        var ofHost = await TakeOfHostAsync((host, isApart), owner, cancellationToken);
        try
        {
            return new Slot(this, (host, isApart), ofHost, await (isApart ? failing : healthy).TakeAsync(owner, cancellationToken));
        }
        catch
        {
            Release((host, isApart), ofHost);
            throw;
        }
    }

    /// <summary>A slot for one read of the feed.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<IDisposable> TakeReadingAsync(CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        return new ReadingSlot(reading);
    }

    public void Dispose() => reading.Dispose();

    [SuppressMessage("Reliability", "CA2012", Justification = "The task is awaited once, outside the lock.")]
    private ValueTask<FairSlots.Slot> TakeOfHostAsync((string Host, bool IsApart) key, string owner, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!hosts.TryGetValue(key, out var slots))
            {
                var max = key.IsApart ? OfFailingOnHostMax : OfHostMax;
                hosts.Add(key, slots = new FairSlots(max, max / SellersPartOfHost));
            }

            return slots.TakeAsync(owner, cancellationToken);
        }
    }

    private void Release((string Host, bool IsApart) key, FairSlots.Slot slot)
    {
        lock (gate)
        {
            slot.Dispose();
            if (hosts[key].IsIdle) hosts.Remove(key);
        }
    }

    private sealed class Slot(SendingSlots slots, (string Host, bool IsApart) key, FairSlots.Slot ofHost, FairSlots.Slot ofProcess)
        : IDisposable
    {
        public void Dispose()
        {
            ofProcess.Dispose();
            slots.Release(key, ofHost);
        }
    }

    private sealed class ReadingSlot(SemaphoreSlim reading) : IDisposable
    {
        public void Dispose() => reading.Release();
    }
}
