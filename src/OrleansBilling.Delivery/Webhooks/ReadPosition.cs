namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// Up to where everything that was read has been stored: an endpoint that is taken over is read again from there. Positions are read in
/// order and settled in any.
/// </summary>
internal sealed class ReadPosition(long start)
{
    private readonly SortedSet<long> open = [];

    /// <summary>The last position that was read.</summary>
    public long Read { get; private set; } = start;

    /// <summary>The last position before which nothing is open.</summary>
    public long Settled => open.Count == 0 ? Read : open.Min - 1;

    public void Add(long position) => open.Add(position);

    public void MoveTo(long position) => Read = Math.Max(Read, position);

    public void Settle(long position) => open.Remove(position);
}
