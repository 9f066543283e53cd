namespace OrleansBilling.LoadTests.Scenarios.Due;

/// <summary>What the renewals of a run came to.</summary>
/// <param name="Invoiced">Renewals invoiced.</param>
/// <param name="Paid">Of these, paid; the others were declined and wait for a retry.</param>
/// <param name="Rates">How fast, where all were due at one instant; null where they were not.</param>
internal sealed record Renewals(long Invoiced, long Paid, RenewalRates? Rates)
{
    /// <summary>Null when there was none.</summary>
    public static Renewals? Of(IReadOnlyList<RenewalPoint> points, bool dueAtOnce)
    {
        if (points.Count == 0 || points[^1].Invoiced == 0) return null;
        return new Renewals(points[^1].Invoiced, points[^1].Paid, dueAtOnce ? RenewalRates.Of(points) : null);
    }
}

/// <summary>How fast renewals went that were due at one instant.</summary>
/// <param name="Seconds">From that instant, or the system's start if that came later, to the last one invoiced and paid.</param>
/// <param name="PerSecond">Invoiced ÷ seconds.</param>
/// <param name="FirstTenthPerSecond">Over the first tenth of those paid.</param>
/// <param name="LastTenthPerSecond">Over the last tenth.</param>
internal sealed record RenewalRates(double Seconds, double PerSecond, double FirstTenthPerSecond, double LastTenthPerSecond)
{
    /// <param name="points">At least one, with seconds since they were due.</param>
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

    /// <summary>When so many had been paid, by a straight line between two points.</summary>
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
