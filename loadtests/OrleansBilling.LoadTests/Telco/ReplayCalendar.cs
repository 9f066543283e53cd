using NodaTime;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>
/// Chooses the start times. At the end of the replay, those who leave have just left and those who stay have not been billed
/// again: the former start half a day before the end's time of day, the latter half a day after it. All times are in UTC, on a
/// day that every month has.
/// </summary>
internal sealed class ReplayCalendar
{
    private const int Day = 15;
    private static readonly Duration HalfDay = Duration.FromHours(12);
    private readonly LocalDateTime end;

    private ReplayCalendar(LocalDateTime end, int months)
    {
        this.end = end;
        Months = months;
    }

    /// <summary>Months from the start of the replay to its end: one more than the longest tenure.</summary>
    public int Months { get; }

    public Instant Start => MonthsBeforeEnd(Months);

    public Instant End => MonthsBeforeEnd(0);

    /// <summary>For a gateway that we start, so that we choose its clock.</summary>
    public static ReplayCalendar Ending(LocalDate month, IReadOnlyList<TelcoCustomer> customers) =>
        new(new LocalDateTime(month.Year, month.Month, Day, 12, 0), MonthsOf(customers));

    /// <summary>For a gateway whose clock is already set: starts as soon as possible.</summary>
    public static ReplayCalendar StartingFrom(Instant now, IReadOnlyList<TelcoCustomer> customers)
    {
        var utc = now.InUtc().LocalDateTime;
        var start = new LocalDateTime(utc.Year, utc.Month, Day, 12, 0);
        if (start < utc) start = start.PlusMonths(1);
        var months = MonthsOf(customers);
        return new ReplayCalendar(start.PlusMonths(months), months);
    }

    public Instant MonthsBeforeEnd(int months) => end.PlusMonths(-months).InUtc().ToInstant();

    /// <summary>When a customer's first period starts. For a customer without tenure, after the end of the replay.</summary>
    public Instant StartOf(TelcoCustomer customer) => customer.Leaves
        ? MonthsBeforeEnd(customer.TenureMonths) - HalfDay
        : MonthsBeforeEnd(customer.TenureMonths) + HalfDay;

    /// <summary>When a customer who leaves is gone: at the end of the last paid period.</summary>
    public Instant EndOf(TelcoCustomer customer) =>
        customer.Leaves ? End - HalfDay : throw new ArgumentException("This customer stays.", nameof(customer));

    /// <summary>The month, counting down to 1, in which a customer signs up: the month of the start, or the last month.</summary>
    public static int SignUpMonth(TelcoCustomer customer) =>
        customer.Leaves ? customer.TenureMonths + 1 : Math.Max(customer.TenureMonths, 1);

    private static int MonthsOf(IReadOnlyList<TelcoCustomer> customers) => customers.Max(SignUpMonth);
}
