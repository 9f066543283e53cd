namespace OrleansBilling.Gateway.Bulk;

/// <summary>How many streams each caller has open; only those that have one are kept.</summary>
internal sealed class StreamSlots(int perCallerMax)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);

    /// <summary>Takes one of a caller's slots; false when all are taken.</summary>
    public bool TryTake(string tenant)
    {
        lock (gate)
        {
            var taken = open.GetValueOrDefault(tenant);
            if (taken >= perCallerMax) return false;
            open[tenant] = taken + 1;
            return true;
        }
    }

    public void Release(string tenant)
    {
        lock (gate)
        {
            if (--open[tenant] == 0) open.Remove(tenant);
        }
    }
}
