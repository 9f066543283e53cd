namespace OrleansBilling.LoadTests.Scenarios.Due;

/// <summary>What the renewals of a run came to.</summary>
/// <param name="Invoiced">Renewals invoiced.</param>
/// <param name="Paid">Of these, paid; the others were declined and wait for a retry.</param>
/// <param name="Seconds">From the instant at which they were due to the last one invoiced and paid.</param>
/// <param name="PerSecond">Invoiced ÷ seconds.</param>
/// <param name="FirstTenthPerSecond">Over the first tenth of those paid.</param>
/// <param name="LastTenthPerSecond">Over the last tenth.</param>
internal sealed record Renewals(long Invoiced, long Paid, double Seconds, double PerSecond, double FirstTenthPerSecond, double LastTenthPerSecond)
{
    /// <summary>Null when there was none.</summary>
    public static Renewals? Of(IReadOnlyList<RenewalPoint> points)
    {
        if (points.Count == 0 || points[^1].Invoiced == 0) return null;
        var (_, invoiced, paid) = points[^1];
        var end = points.First(point => point.Invoiced == invoiced && point.Paid == paid).Second;
        var tenth = paid / 10d;
        return new Renewals(
            invoiced, paid, end, invoiced / end, Rate(tenth, WhenPaid(points, tenth)), Rate(tenth, WhenPaid(points, paid) - WhenPaid(points, paid - tenth)));

        static double Rate(double count, double seconds) => seconds > 0 ? count / seconds : 0;
    }

    /// <summary>When so many had been paid, by a straight line between two points.</summary>
    private static double WhenPaid(IReadOnlyList<RenewalPoint> points, double count)
    {
        var before = default(RenewalPoint);
        foreach (var point in points)
        {
            if (point.Paid >= count)
                return point.Paid == before.Paid ? point.Second : before.Second + ((point.Second - before.Second) * (count - before.Paid) / (point.Paid - before.Paid));
            before = point;
        }

        return points[^1].Second;
    }
}
