using System.Globalization;

namespace OrleansBilling.Testing;

/// <summary>
/// How long a loss may cost. With FAULT_ROUNDS (the number of kills, hangs and promotions) they are the bounds of the runbook.
/// Without it, tests run briefly and on any machine, and the bounds are twice as long.
/// </summary>
public static class FaultBounds
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("FAULT_ROUNDS");

    public static int Rounds { get; } = RoundsOr(1);

    public static int Hangs { get; } = RoundsOr(1);

    /// <summary>Promotions of a database replica.</summary>
    public static int Promotions { get; } = RoundsOr(1);

    /// <summary>A silo dies.</summary>
    public static TimeSpan Death { get; } = Bound(5);

    /// <summary>A silo hangs or is cut off.</summary>
    public static TimeSpan Hang { get; } = Bound(10);

    /// <summary>From the promotion of a replica to the first command.</summary>
    public static TimeSpan Promotion { get; } = Bound(10);

    private static int RoundsOr(int few) => Asked is null ? few : int.Parse(Asked, CultureInfo.InvariantCulture);

    private static TimeSpan Bound(int seconds) => TimeSpan.FromSeconds(Asked is null ? 2 * seconds : seconds);
}
