namespace OrleansBilling.Gateway.Http;

/// <summary>How much of this installation one caller or one seller may use. Each limit has a setting.</summary>
internal sealed record EdgeLimits
{
    /// <summary>The highest <see cref="WaitsPerCaller"/>, so that no caller can have all places of the feed's watch.</summary>
    public const int WaitsPerCallerMax = 250;

    /// <summary>
    /// How many requests of one seller or one customer are processed at a time. The default is half of the processors,
    /// which leaves the other half to others.
    /// </summary>
    public int RequestsAtOnce { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How many more requests of one seller or one customer may wait for their turn.</summary>
    public int RequestsWaiting { get; init; } = 256;

    /// <summary>
    /// How many requests of one seller or one customer may wait outside their turn: for events, for a first payment, for an endpoint's
    /// answer to a test, for the same request in another process.
    /// </summary>
    public int WaitsPerCaller { get; init; } = 64;

    /// <summary>How many requests per second each key may make in the long run; zero for any number.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>How many requests each key may make at once after a pause, if their rate is limited.</summary>
    public int RequestsBurst { get; init; }

    /// <summary>How many streams of POST /v1/commands one caller may have open.</summary>
    public int StreamsPerCaller { get; init; } = 16;

    /// <summary>How long a stream may be idle, with nothing read and nothing answered.</summary>
    public TimeSpan StreamIdle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The most products of a seller.</summary>
    public int Products { get; init; } = 10_000;

    /// <summary>The most plans of a seller.</summary>
    public int Plans { get; init; } = 50_000;

    /// <summary>The most offers of a seller.</summary>
    public int Offers { get; init; } = 100_000;

    /// <summary>The most versions of all offers of a seller together.</summary>
    public int Versions { get; init; } = 1_000_000;

    /// <summary>The most coupons of a seller.</summary>
    public int Coupons { get; init; } = 1_000_000;

    /// <summary>The largest size in bytes of a product, plan, offer version or coupon, as its document.</summary>
    public int DocumentBytes { get; init; } = 64 * 1024;
}
