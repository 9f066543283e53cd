namespace OrleansBilling.LoadTests.Scenarios.Due;

/// <summary>The renewals of a run.</summary>
/// <param name="Invoiced">Renewals invoiced.</param>
/// <param name="Paid">Invoiced renewals that are paid; the others were declined and wait for a retry.</param>
/// <param name="Rates">The rates when all renewals were due at one instant; otherwise null.</param>
internal sealed record Renewals(long Invoiced, long Paid, RenewalRates? Rates)
{
    /// <summary>Returns null when there were no renewals.</summary>
    public static Renewals? Of(IReadOnlyList<RenewalPoint> points, bool dueAtOnce)
    {
        if (points.Count == 0 || points[^1].Invoiced == 0) return null;
        return new Renewals(points[^1].Invoiced, points[^1].Paid, dueAtOnce ? RenewalRates.Of(points) : null);
    }
}

/// <summary>The rates of renewals that were due at one instant.</summary>
/// <param name="Seconds">From that instant, or from the system's start if that is later, until all are invoiced and paid.</param>
/// <param name="PerSecond">Invoiced renewals per second.</param>
/// <param name="FirstTenthPerSecond">Rate over the first tenth of the paid renewals.</param>
/// <param name="LastTenthPerSecond">Rate over the last tenth.</param>
internal sealed record RenewalRates(double Seconds, double PerSecond, double FirstTenthPerSecond, double LastTenthPerSecond)
{
    /// <param name="points">At least one point, with seconds since the renewals were due.</param>
    public static RenewalRates Of(IReadOnlyList<RenewalPoint> points)
    {
        var (_, invoiced, paid) = points[^1];
        var end = points.First(point => point.Invoiced == invoiced && point.Paid == paid).Second;
        var tenth = paid / 10d;
        return new RenewalRates(
            end, Rate(invoiced, end), Rate(tenth, WhenPaid(points, tenth)),
            Rate(tenth, WhenPaid(points, paid) - WhenPaid(points, paid - tenth)));

        static double Rate(double count, double seconds) => seconds > 0 ? count / seconds : 0;
    }

    /// <summary>When this many renewals had been paid, interpolated between two points.</summary>
    private static double WhenPaid(IReadOnlyList<RenewalPoint> points, double count)
    {
        var before = default(RenewalPoint);
        foreach (var point in points)
        {
            if (point.Paid >= count)
                return point.Paid == before.Paid
                    ? point.Second
                    : before.Second + ((point.Second - before.Second) * (count - before.Paid) / (point.Paid - before.Paid));
            before = point;
        }

        return points[^1].Second;
    }
}
