using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>Simulates both futures of each subscription and sums the figures by currency. Used by one thread at a time.</summary>
internal sealed class SimulationWorker(WhatIfQuestion question, SubscriptionReader reader, TermsChanger changer, Course course)
{
    private readonly Dictionary<string, (Figures Baseline, Figures Changed)> sums = new(StringComparer.Ordinal);
    private readonly Figures baseline = new(question.Months);
    private readonly Figures changed = new(question.Months);

    public long Taken { get; private set; }

    public long CutShort { get; private set; }

    /// <summary>The sums so far, by currency.</summary>
    public IReadOnlyDictionary<string, (Figures Baseline, Figures Changed)> Sums => sums;

    /// <summary>Runs one stored subscription; false when it has ended or is not in the sample.</summary>
    public async ValueTask<bool> RunAsync(StoredSubscription stored, CancellationToken cancellationToken)
    {
        if (question.IsSampled && !LifeDice.Samples(question.Seed, stored.SubscriptionId, question.SubscriptionsMax, question.BookSize))
            return false;
        var view = await reader.DecodeAsync(stored, cancellationToken);
        var state = view.State;
        if (state.HasEnded) return false;

        var terms = changer.Of(view.Terms);
        var scheduled = await reader.ScheduledTermsOfAsync(state, cancellationToken) is { } later ? changer.Of(later) : null;
        var whole = Live(state, new LifeStart(terms.Unchanged, null, scheduled?.Unchanged), baseline);

        // If the changes do not affect a subscription, both futures are the same.
        var concerned = !terms.IsUnchanged || scheduled is { IsUnchanged: false };
        if (concerned) whole &= Live(state, Changed(state, terms, scheduled), changed);
        var sum = SumOf(view.Terms.Offer.Currency);
        sum.Baseline.Add(baseline);
        sum.Changed.Add(concerned ? changed : baseline);
        Taken++;
        if (!whole) CutShort++;
        return true;
    }

    private bool Live(Subscription state, LifeStart how, Figures figures)
    {
        figures.Clear();
        return new SimulatedLife(state, how, course, figures).Live();
    }

    private LifeStart Changed(Subscription state, ChangedTerms terms, ChangedTerms? scheduled)
    {
        var repriced = question.Changes.AppliesTo == PriceScope.Existing || state.CurrentPeriod is null;
        return repriced
            ? new LifeStart(terms.AtOnce, terms.FromNextPeriod, scheduled?.FromNextPeriod ?? scheduled?.AtOnce)
            : new LifeStart(terms.AtOnce, null, scheduled?.AtOnce);
    }

    private (Figures Baseline, Figures Changed) SumOf(string currency)
    {
        if (sums.TryGetValue(currency, out var known)) return known;
        return sums[currency] = (new Figures(question.Months), new Figures(question.Months));
    }
}
