using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// What an endpoint has yet to get: a line for each subscription, and for each endpoint that it is told of. Only the first event of a line
/// may be sent. So an event waits for the one before it of its line, and for no other.
/// </summary>
internal sealed class DeliveryLines
{
    private readonly Dictionary<string, Line> lines = new(StringComparer.Ordinal);
    private readonly Queue<Line> ready = new();
    private readonly PriorityQueue<Line, Instant> later = new();
    private readonly HashSet<long> positions = [];

    /// <summary>Events that have not been taken by the endpoint.</summary>
    public int Count => positions.Count;

    /// <summary>Those of them that failed, or stand behind one that did.</summary>
    public int Held { get; private set; }

    /// <summary>When the first of those that failed is to be sent again; null if there is none.</summary>
    public Instant? NextAt => later.TryPeek(out _, out var at) ? at : null;

    /// <summary>Adds an event at the end of its line. One that is there already is not added again: it will be sent anyway.</summary>
    public bool TryAdd(PendingDelivery delivery)
    {
        if (!positions.Add(delivery.Event.Position)) return false;
        if (!lines.TryGetValue(delivery.Event.Subject, out var line))
            lines.Add(delivery.Event.Subject, line = new Line(delivery.Event.Subject));
        line.Waiting.Enqueue(delivery);
        if (line.IsHeld) Hold(delivery);
        if (line.Waiting.Count > 1) return true;
        if (delivery.NextAt is not { } at)
        {
            ready.Enqueue(line);
            return true;
        }

        line.IsHeld = true;
        Hold(delivery);
        later.Enqueue(line, at);
        return true;
    }

    /// <summary>The next event that may be sent now; null if there is none.</summary>
    public PendingDelivery? TryTake(Instant now)
    {
        while (later.TryPeek(out _, out var at) && at <= now) ready.Enqueue(later.Dequeue());
        return ready.TryDequeue(out var line) ? line.Waiting.Peek() : null;
    }

    /// <summary>The endpoint took it: the next one of its line may be sent.</summary>
    public void Finish(PendingDelivery delivery)
    {
        var line = lines[delivery.Event.Subject];
        line.Waiting.Dequeue();
        positions.Remove(delivery.Event.Position);
        line.IsHeld = false;
        if (delivery.IsHeld) Held--;
        foreach (var next in line.Waiting.Where(next => next.IsHeld))
        {
            next.IsHeld = false;
            Held--;
        }

        if (line.Waiting.Count == 0) lines.Remove(line.Subject);
        else ready.Enqueue(line);
    }

    /// <summary>It failed: its line waits until then. Returns those that were not held before, which are to be stored.</summary>
    public IReadOnlyList<PendingDelivery> Postpone(PendingDelivery delivery, Instant until)
    {
        var line = lines[delivery.Event.Subject];
        line.IsHeld = true;
        delivery.NextAt = until;
        later.Enqueue(line, until);
        var held = line.Waiting.Where(next => !next.IsHeld).ToList();
        foreach (var next in held) Hold(next);
        return held;
    }

    private void Hold(PendingDelivery delivery)
    {
        if (delivery.IsHeld) return;
        delivery.IsHeld = true;

        // It may wait for days.
        delivery.Written = null;
        Held++;
    }

    private sealed record Line(string Subject)
    {
        public Queue<PendingDelivery> Waiting { get; } = new();

        /// <summary>Whether its first event failed.</summary>
        public bool IsHeld { get; set; }
    }
}

/// <summary>An event that an endpoint has yet to get.</summary>
internal sealed class PendingDelivery(PlacedEvent placed)
{
    public PlacedEvent Event => placed;

    /// <summary>The event as it is sent; null if it has to be rendered first.</summary>
    public RenderedEvent? Written { get; set; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>When it may be sent again; null if at any time.</summary>
    public Instant? NextAt { get; set; }

    /// <summary>Whether it failed, or stands behind one that did.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Whether it is one of a replay.</summary>
    public bool IsReplayed { get; init; }
}
