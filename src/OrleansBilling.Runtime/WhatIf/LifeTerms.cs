using System.Collections.Concurrent;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>The terms that a simulated subscription runs on, and how likely its customer is to leave within a month.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="ChurnChance">In parts of <see cref="LifeDice.Certain"/>.</param>
internal sealed record LifeTerms(OfferTerms Terms, long ChurnChance);

/// <summary>What becomes of one version of an offer in the changed run.</summary>
/// <param name="Unchanged">As it is.</param>
/// <param name="AtOnce">With the changed dunning policy: it holds from the beginning.</param>
/// <param name="FromNextPeriod">With the changed price too; null where the price stays.</param>
internal sealed record ChangedTerms(LifeTerms Unchanged, LifeTerms AtOnce, LifeTerms? FromNextPeriod)
{
    /// <summary>Whether the run with changes is the run without.</summary>
    public bool IsUnchanged => ReferenceEquals(Unchanged, AtOnce) && FromNextPeriod is null;
}

/// <summary>Makes the private terms of a simulation; the catalog's own are never touched. Safe to use from many threads.</summary>
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

    /// <summary>The chance after a price change: it grows and shrinks in proportion, between never and certain.</summary>
    public static long ChurnAfter(long chance, long amount, long changed, int churnPerPrice)
    {
        // What cost nothing cannot rise by percent.
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
