namespace OrleansBilling.LoadTests.Telco;

/// <summary>The expected totals of a replay.</summary>
internal sealed record ReplayTotals
{
    public required long Subscriptions { get; init; }

    public required long Waiting { get; init; }

    public required long PaidRecurrences { get; init; }

    public required long CollectedCents { get; init; }

    public required long Canceled { get; init; }

    public required IReadOnlyDictionary<string, long> CanceledByContract { get; init; }

    /// <summary>Recurrences paid by those who left.</summary>
    public required long CanceledRecurrences { get; init; }

    /// <summary>Collected from those who left, in cents.</summary>
    public required long CanceledCents { get; init; }

    public long Staying => Subscriptions - Waiting - Canceled;

    /// <summary>Share of all who ever subscribed.</summary>
    public double CanceledOfAll => Ratio(Canceled, Subscriptions);

    /// <summary>Canceled ÷ current, as the API defines it: those who wait to start are not current yet.</summary>
    public double Rate => Ratio(Canceled, Staying);

    /// <summary>The same, with those who wait to start counted as current.</summary>
    public double RateWithWaiting => Ratio(Canceled, Staying + Waiting);

    public double MeanLifetimeMonths => Ratio(CanceledRecurrences, Canceled);

    public static ReplayTotals Of(IReadOnlyList<TelcoCustomer> customers)
    {
        var leaving = customers.Where(customer => customer.Leaves).ToList();
        return new ReplayTotals
        {
            Subscriptions = customers.Count,
            Waiting = customers.Count(customer => customer.Waiting),
            PaidRecurrences = customers.Sum(customer => (long)customer.TenureMonths),
            CollectedCents = customers.Sum(customer => customer.PaidCents),
            Canceled = leaving.Count,
            CanceledByContract = customers.Select(customer => customer.Contract).Distinct().Order(StringComparer.Ordinal)
                .ToDictionary(contract => contract, contract => (long)leaving.Count(customer => customer.Contract == contract)),
            CanceledRecurrences = leaving.Sum(customer => (long)customer.TenureMonths),
            CanceledCents = leaving.Sum(customer => customer.PaidCents),
        };
    }

    // A short extract of the file may have no customer who leaves.
    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
