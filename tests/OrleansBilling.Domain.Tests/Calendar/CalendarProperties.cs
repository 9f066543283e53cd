using FsCheck;
using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests.Calendar;

public sealed class CalendarProperties
{
    private static readonly string[] Zones =
    [
        "UTC", "America/Sao_Paulo", "America/New_York", "Europe/Berlin", "Europe/Lisbon", "Australia/Lord_Howe", "Africa/Casablanca",
        "Pacific/Kiritimati", "Pacific/Apia", "Pacific/Niue", "Asia/Kathmandu", "Asia/Tehran", "America/St_Johns",
    ];

    private static readonly LocalDateTime First = new(2015, 1, 1, 0, 0);
    private static readonly LocalDateTime Last = new(2040, 12, 31, 0, 0);

    private sealed record Case(LocalDateTime Anchor, BillingInterval Interval, string ZoneId)
    {
        public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[ZoneId];

        public Instant Boundary(int n) => BillingCalendar.Boundary(Anchor, Interval, n, Zone);

        /// <summary>All boundaries before the end of 2040, at most 600.</summary>
        public List<Instant> Boundaries()
        {
            var end = Last.InZoneLeniently(Zone).ToInstant();
            return Enumerable.Range(0, 600).Select(Boundary).TakeWhile(boundary => boundary < end).ToList();
        }
    }

    private static Gen<Case> Cases =>
        from minutes in Gen.Choose(0, 13 * 365 * 24 * 60)
        from unit in Gen.Elements(Enum.GetValues<IntervalUnit>())
        from count in Gen.Frequency((3, Gen.Constant(1)), (2, Gen.Choose(1, 7)))
        from zone in Gen.Elements(Zones)
        select new Case(First.PlusMinutes(minutes), new BillingInterval(unit, count), zone);

    [Fact]
    public void Boundaries_strictly_increase() => Properties.Hold(Cases, c =>
    {
        var boundaries = c.Boundaries();
        return boundaries.Zip(boundaries.Skip(1)).All(pair => pair.First < pair.Second);
    });

    [Fact]
    public void A_boundary_is_the_raw_local_time_or_the_end_of_the_gap_that_swallowed_it() => Properties.Hold(Cases, c =>
        Enumerable.Range(0, 60).All(n =>
        {
            var raw = Raw(c, n);
            var mapping = c.Zone.MapLocal(raw);
            return mapping.Count switch
            {
                0 => c.Boundary(n)
                    .InZone(c.Zone).LocalDateTime == raw.PlusTicks(
                        (mapping.LateInterval.WallOffset - mapping.EarlyInterval.WallOffset).Ticks),
                _ => c.Boundary(n) == mapping.First().ToInstant(),
            };
        }));

    [Fact]
    public void The_day_of_month_is_the_anchors_wherever_the_month_has_it() => Properties.Hold(Cases, c =>
        c.Interval.Unit != IntervalUnit.Month || Enumerable.Range(0, 60).All(n =>
        {
            var local = c.Boundary(n).InZone(c.Zone);
            var clamped = Math.Min(c.Anchor.Day, local.Calendar.GetDaysInMonth(local.Year, local.Month));
            return local.Day == clamped || c.Zone.MapLocal(Raw(c, n)).Count == 0;
        }));

    [Fact]
    public void Periods_of_a_life_tile_time_without_gap_or_overlap() => Properties.Hold(Cases, c =>
    {
        var life = new Timeline(
            Given.Every(c.Interval.Count, c.Interval.Unit).Zone(c.ZoneId).Terms(), c.Anchor.InZoneLeniently(c.Zone).ToInstant());
        life.Subscribe().To(c.Boundary(12));
        var periods = life.Invoices.Select(invoice => invoice.Period).ToList();
        return periods.Count == 13 && periods.Zip(periods.Skip(1)).All(pair => pair.First.End == pair.Second.Start);
    }, count: 200);

    private static LocalDateTime Raw(Case c, int n) => c.Interval.Unit switch
    {
        IntervalUnit.Day => c.Anchor.PlusDays(n * c.Interval.Count),
        IntervalUnit.Week => c.Anchor.PlusDays(7 * n * c.Interval.Count),
        IntervalUnit.Month => c.Anchor.PlusMonths(n * c.Interval.Count),
        _ => c.Anchor.PlusMonths(12 * n * c.Interval.Count),
    };
}
