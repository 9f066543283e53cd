namespace OrleansBilling.Gateway.Http;

/// <summary>What one caller, or one seller, may take of this installation; each by a setting.</summary>
internal sealed record EdgeLimits
{
    /// <summary>
    /// Requests of one seller, or of one customer, that are worked on at a time; half of the processors, so that the other
    /// half is for others.
    /// </summary>
    public int RequestsAtOnce { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Requests of one seller, or of one customer, that may wait for those.</summary>
    public int RequestsWaiting { get; init; } = 256;

    /// <summary>Streams of POST /v1/commands that one caller may have open at a time.</summary>
    public int StreamsPerCaller { get; init; } = 16;

    /// <summary>How long a stream may rest: nothing read, nothing answered.</summary>
    public TimeSpan StreamIdle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A seller's products.</summary>
    public int Products { get; init; } = 10_000;

    /// <summary>A seller's plans.</summary>
    public int Plans { get; init; } = 50_000;

    /// <summary>A seller's offers.</summary>
    public int Offers { get; init; } = 100_000;

    /// <summary>The versions of all offers of a seller.</summary>
    public int Versions { get; init; } = 1_000_000;

    /// <summary>A seller's coupons.</summary>
    public int Coupons { get; init; } = 1_000_000;

    /// <summary>Bytes of one product, plan, offer version or coupon as it is shown.</summary>
    public int DocumentBytes { get; init; } = 64 * 1024;
}
