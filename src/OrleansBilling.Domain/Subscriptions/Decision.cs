using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>What a decision may look at besides the state and the command.</summary>
/// <param name="Now">The instant of the decision; every event is stamped with it.</param>
/// <param name="Terms">The terms that the subscription runs on (for Subscribe, those it is sold with).</param>
/// <param name="Caller">Who asks.</param>
public readonly record struct DecisionContext(Instant Now, OfferTerms Terms, Caller Caller)
{
    /// <summary>The terms of <see cref="Subscription.ScheduledChange"/>; null when none is scheduled.</summary>
    public OfferTerms? ScheduledTerms { get; init; }

    /// <summary>
    /// Every invoice of the subscription, from its history; required where <see cref="SubscriptionDecider.NeedsInvoices"/>
    /// says so, for the state does not grow with what was paid long ago.
    /// </summary>
    public IReadOnlyList<Invoice>? Invoices { get; init; }

    /// <summary>Which of <see cref="SubscriptionDecider.UsageKeysOf"/> were met before.</summary>
    public IReadOnlySet<string>? KnownUsageKeys { get; init; }
}

/// <summary>What was decided: events, or why not. Neither means that there was nothing to do.</summary>
public readonly record struct Decision
{
    private Decision(
        Refusal? refusal, IReadOnlyList<SubscriptionEvent> events, Subscription? state, OfferTerms? terms, OfferTerms? scheduledTerms)
    {
        Refusal = refusal;
        Events = events;
        State = state;
        Terms = terms;
        ScheduledTerms = scheduledTerms;
    }

    /// <summary>Why not; null when accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>What happens, in order; empty when refused or when nothing was to do.</summary>
    public IReadOnlyList<SubscriptionEvent> Events { get; }

    /// <summary>The state after the events.</summary>
    public Subscription? State { get; }

    /// <summary>The terms on which the subscription runs after the events; null when refused.</summary>
    public OfferTerms? Terms { get; }

    /// <summary>The terms of the change that is scheduled after the events.</summary>
    public OfferTerms? ScheduledTerms { get; }

    /// <summary>Usage keys that the decision met for the first time.</summary>
    public IReadOnlyList<string> UsageKeys { get; init; } = [];

    /// <summary>Accepted, with these events.</summary>
    public static Decision Accept(
        IReadOnlyList<SubscriptionEvent> events, Subscription? state, OfferTerms terms, OfferTerms? scheduledTerms) =>
        new(null, events, state, terms, scheduledTerms);

    /// <summary>Refused; no effect.</summary>
    public static Decision Refuse(Refusal refusal, Subscription? state) => new(refusal, [], state, null, null);
}

/// <summary>A decision in the making: collects events and folds each at once, so that the next step sees it.</summary>
internal sealed class Draft(Subscription? state, DecisionContext context)
{
    private readonly List<SubscriptionEvent> events = new(3);

    public Subscription? StateOrNull { get; private set; } = state;

    public Subscription State => StateOrNull!;

    public Instant Now => context.Now;

    public Caller Caller => context.Caller;

    /// <summary>The terms on which the subscription runs, as far as the decision has come.</summary>
    public OfferTerms Terms { get; private set; } = context.Terms;

    public OfferTerms? ScheduledTerms { get; private set; } = context.ScheduledTerms;

    public IReadOnlyList<Invoice> Invoices =>
        context.Invoices ?? throw new InvalidOperationException("This command needs the invoices of the subscription.");

    public IReadOnlySet<string> KnownUsageKeys =>
        context.KnownUsageKeys ?? throw new InvalidOperationException("This command needs to know which usage was counted before.");

    public IReadOnlyList<string> UsageKeys { get; set; } = [];

    public void Add(SubscriptionEvent e)
    {
        events.Add(e);
        StateOrNull = SubscriptionEvolution.Evolve(StateOrNull, e);
    }

    /// <summary>Changes the plan; what follows is decided on the new terms.</summary>
    public void ChangeTo(SubscriptionEvent.PlanChanged change, OfferTerms terms)
    {
        Add(change);
        Terms = terms;
        ScheduledTerms = null;
    }

    public void Schedule(SubscriptionEvent.PlanChangeScheduled change, OfferTerms terms)
    {
        Add(change);
        ScheduledTerms = terms;
    }

    public Decision Accept() => Decision.Accept(events, StateOrNull, Terms, ScheduledTerms) with { UsageKeys = UsageKeys };
}
