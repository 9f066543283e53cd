namespace OrleansBilling.LoadTests.Telco;

/// <summary>What a replay comes to.</summary>
internal sealed record ReplayTotals
{
    public required long Subscriptions { get; init; }

    public required long Waiting { get; init; }

    public required long PaidRecurrences { get; init; }

    public required long CollectedCents { get; init; }

    public required long Cancelled { get; init; }

    public required IReadOnlyDictionary<string, long> CancelledByContract { get; init; }

    /// <summary>Recurrences paid by those who left.</summary>
    public required long CancelledRecurrences { get; init; }

    /// <summary>Collected from those who left.</summary>
    public required long CancelledCents { get; init; }

    public long Staying => Subscriptions - Waiting - Cancelled;

    /// <summary>Share of all that ever subscribed.</summary>
    public double CancelledOfAll => Ratio(Cancelled, Subscriptions);

    /// <summary>Cancelled ÷ current, as the API defines it: the waiting ones are not current yet.</summary>
    public double Rate => Ratio(Cancelled, Staying);

    /// <summary>The same with the waiting ones counted as current.</summary>
    public double RateWithWaiting => Ratio(Cancelled, Staying + Waiting);

    public double MeanLifetimeMonths => Ratio(CancelledRecurrences, Cancelled);

    /// <summary>Of the file at hand.</summary>
    public static ReplayTotals Of(IReadOnlyList<TelcoCustomer> customers)
    {
        var leaving = customers.Where(customer => customer.Leaves).ToList();
        return new ReplayTotals
        {
            Subscriptions = customers.Count,
            Waiting = customers.Count(customer => customer.Waiting),
            PaidRecurrences = customers.Sum(customer => (long)customer.TenureMonths),
            CollectedCents = customers.Sum(customer => customer.PaidCents),
            Cancelled = leaving.Count,
            CancelledByContract = customers.Select(customer => customer.Contract).Distinct().Order(StringComparer.Ordinal)
                .ToDictionary(contract => contract, contract => (long)leaving.Count(customer => customer.Contract == contract)),
            CancelledRecurrences = leaving.Sum(customer => (long)customer.TenureMonths),
            CancelledCents = leaving.Sum(customer => customer.PaidCents),
        };
    }

    // A short extract of the file may have nobody who leaves.
    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
