using System.Globalization;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>
/// How long a lost silo may cost. With FAULT_ROUNDS (the number of kills and hangs) they are the bounds of the runbook. Without
/// it, tests run briefly and on any machine, and the bounds are twice as long.
/// </summary>
internal static class FaultBounds
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("FAULT_ROUNDS");

    public static int Rounds { get; } = Asked is null ? 2 : int.Parse(Asked, CultureInfo.InvariantCulture);

    public static int Hangs { get; } = Asked is null ? 1 : Rounds;

    public static TimeSpan Death { get; } = Bound(5);

    public static TimeSpan Hang { get; } = Bound(10);

    private static TimeSpan Bound(int seconds) => TimeSpan.FromSeconds(Asked is null ? 2 * seconds : seconds);
}
