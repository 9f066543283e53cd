using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>What the second run of a simulation changes.</summary>
/// <param name="Offers">Prices, by offer id.</param>
/// <param name="Dunning">How declined charges are retried; null for as it is.</param>
/// <param name="AppliesTo">Whose prices change.</param>
public sealed record WhatIfChanges(ImmutableSortedDictionary<string, PriceChange> Offers, DunningChange? Dunning, PriceScope AppliesTo)
{
    /// <summary>The most offers of one question.</summary>
    public const int OffersMax = 100;
}

/// <summary>Whose prices change. In production a running subscription keeps its version of an offer; here it need not.</summary>
public enum PriceScope
{
    /// <summary>Everybody pays the changed price from the next period on.</summary>
    Existing,

    /// <summary>Only who has not begun a first paid period: pending and in trial.</summary>
    NewOnly,
}

/// <summary>Another price for every version of an offer: exactly one of the two.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="MilliPercent">Thousandths of a percent of the version's own price that are added; negative to lower it.</param>
public sealed record PriceChange(long? Amount, int? MilliPercent)
{
    /// <summary>The deepest cut: to nothing.</summary>
    public const int MilliPercentMin = -100_000;

    /// <summary>The steepest rise: to eleven times.</summary>
    public const int MilliPercentMax = 1_000_000;

    /// <summary>The changed price, in minor units, rounded half away from zero.</summary>
    public long Of(long amount) => Amount ?? Money.PercentOf(amount, Assumptions.Whole + MilliPercent!.Value);
}

/// <summary>What is changed of every dunning policy, of plans and products alike; null stays as each says.</summary>
public sealed record DunningChange
{
    /// <summary>Automatic retries.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>Days from the first attempt.</summary>
    public int? WindowDays { get; init; }

    /// <summary>Gaps in days.</summary>
    public ImmutableArray<int>? ScheduleDays { get; init; }

    /// <summary>Whether recovery moves the billing date.</summary>
    public bool? MoveBillingDate { get; init; }

    /// <summary>What happens in the end.</summary>
    public ExhaustedAction? OnExhausted { get; init; }

    /// <summary>The changed policy.</summary>
    public DunningPolicy Of(DunningPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new DunningPolicy(
            MaxRetries ?? policy.MaxRetries,
            WindowDays ?? policy.WindowDays,
            ScheduleDays ?? policy.ScheduleDays,
            MoveBillingDate ?? policy.MoveBillingDate,
            OnExhausted ?? policy.OnExhausted);
    }
}
