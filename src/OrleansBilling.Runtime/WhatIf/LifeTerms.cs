using System.Collections.Concurrent;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>The terms of a simulated subscription, and how likely its customer is to leave within a month.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="ChurnChance">In parts of <see cref="LifeDice.Certain"/>.</param>
internal sealed record LifeTerms(OfferTerms Terms, long ChurnChance);

/// <summary>What the changed run does with one version of an offer.</summary>
/// <param name="Unchanged">The terms as they are.</param>
/// <param name="AtOnce">The terms with the changed dunning policy, which applies from the start.</param>
/// <param name="FromNextPeriod">The terms with the changed price too; null when the price does not change.</param>
internal sealed record ChangedTerms(LifeTerms Unchanged, LifeTerms AtOnce, LifeTerms? FromNextPeriod)
{
    /// <summary>Whether the run with changes equals the run without.</summary>
    public bool IsUnchanged => ReferenceEquals(Unchanged, AtOnce) && FromNextPeriod is null;
}

/// <summary>Builds the private terms of a simulation; the catalog's own terms are never modified. Thread-safe.</summary>
internal sealed class TermsChanger(WhatIfChanges changes, Assumptions assumptions)
{
    private const int EntriesMax = 10_000;

    private readonly ConcurrentDictionary<(string OfferId, int Version), ChangedTerms> made = new();
    private readonly long churnChance = LifeDice.ChanceOf(assumptions.MonthlyChurn);

    public ChangedTerms Of(OfferTerms terms)
    {
        var key = (terms.Offer.Id, terms.Offer.Version);
        if (made.TryGetValue(key, out var known)) return known;
        if (made.Count >= EntriesMax) made.Clear();
        return made.GetOrAdd(key, Make(terms));
    }

    /// <summary>
    /// The chance to leave after a price change. It rises and falls in proportion to the price, between never and
    /// certain.
    /// </summary>
    public static long ChurnAfter(long chance, long amount, long changed, int churnPerPrice)
    {
        // A price of zero has no percentage change.
        if (amount == 0) return chance;
        var moved = chance + ((Int128)chance * (changed - amount) * churnPerPrice / ((Int128)amount * 1_000));
        return (long)Int128.Clamp(moved, 0, LifeDice.Certain);
    }

    private ChangedTerms Make(OfferTerms terms)
    {
        var unchanged = new LifeTerms(terms, churnChance);
        var atOnce = changes.Dunning?.Of(terms.Dunning) is { } dunning && dunning != terms.Dunning
            ? unchanged with { Terms = new OfferTerms(terms.Product, terms.Plan with { Dunning = dunning }, terms.Offer) }
            : unchanged;
        if (!changes.Offers.TryGetValue(terms.Offer.Id, out var price)) return new ChangedTerms(unchanged, atOnce, null);

        var amount = price.Of(terms.Offer.Amount);
        if (amount == terms.Offer.Amount) return new ChangedTerms(unchanged, atOnce, null);
        var repriced = new OfferTerms(terms.Product, atOnce.Terms.Plan, terms.Offer with { Amount = amount });
        return new ChangedTerms(
            unchanged, atOnce, new LifeTerms(repriced, ChurnAfter(churnChance, terms.Offer.Amount, amount, assumptions.ChurnPerPrice)));
    }
}
