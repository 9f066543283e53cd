using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>What the changed run of a simulation changes.</summary>
/// <param name="Offers">Price changes by offer id.</param>
/// <param name="Dunning">Changes to the retries of declined charges; null for none.</param>
/// <param name="AppliesTo">Whose prices change.</param>
public sealed record WhatIfChanges(ImmutableSortedDictionary<string, PriceChange> Offers, DunningChange? Dunning, PriceScope AppliesTo)
{
    /// <summary>The most offers in one question.</summary>
    public const int OffersMax = 100;
}

/// <summary>Whose prices change. In production a running subscription keeps its version of an offer; a simulation may change it.</summary>
public enum PriceScope
{
    /// <summary>Everybody pays the changed price from the next period on.</summary>
    Existing,

    /// <summary>Only subscriptions without a first paid period pay it: pending ones and trials.</summary>
    NewOnly,
}

/// <summary>A new price for every version of an offer: either an amount or a percentage.</summary>
/// <param name="Amount">The new price, in minor units.</param>
/// <param name="MilliPercent">The change of the version's own price, in thousandths of a percent; negative lowers it.</param>
public sealed record PriceChange(long? Amount, int? MilliPercent)
{
    /// <summary>The largest decrease: to zero.</summary>
    public const int MilliPercentMin = -100_000;

    /// <summary>The largest increase: to eleven times the price.</summary>
    public const int MilliPercentMax = 1_000_000;

    /// <summary>The changed price in minor units, rounded half away from zero.</summary>
    public long Of(long amount) => Amount ?? Money.PercentOf(amount, Assumptions.Whole + MilliPercent!.Value);
}

/// <summary>Changes to every dunning policy, of plans and of products; null keeps the policy's own value.</summary>
public sealed record DunningChange
{
    /// <summary>The most automatic retries.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>The retry window, in days from the first attempt.</summary>
    public int? WindowDays { get; init; }

    /// <summary>Gaps between attempts, in days.</summary>
    public ImmutableArray<int>? ScheduleDays { get; init; }

    /// <summary>Whether recovery moves the billing date.</summary>
    public bool? MoveBillingDate { get; init; }

    /// <summary>What happens after the last attempt fails.</summary>
    public ExhaustedAction? OnExhausted { get; init; }

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
