using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The inputs of a decision besides the state and the command.</summary>
/// <param name="Now">The instant of the decision. All its events carry it.</param>
/// <param name="Terms">The terms that the subscription runs on. For Subscribe, the terms of the new subscription.</param>
public readonly record struct DecisionContext(Instant Now, OfferTerms Terms, Caller Caller)
{
    /// <summary>The terms of <see cref="Subscription.ScheduledChange"/>; null if no change is scheduled.</summary>
    public OfferTerms? ScheduledTerms { get; init; }

    /// <summary>
    /// All invoices of the subscription, read from its history. Required if <see cref="SubscriptionDecider.NeedsInvoices"/> says
    /// so. The state itself does not keep settled invoices, so it does not grow with them.
    /// </summary>
    public IReadOnlyList<Invoice>? Invoices { get; init; }

    /// <summary>The keys of <see cref="SubscriptionDecider.UsageKeysOf"/> that were already counted.</summary>
    public IReadOnlySet<string>? KnownUsageKeys { get; init; }

    /// <summary>Usage before this instant is refused, because its keys may be forgotten; null if none are ever forgotten.</summary>
    public Instant? UsageSince { get; init; }
}

/// <summary>The result of a decision: events or a refusal. With neither, there was nothing to do.</summary>
public readonly record struct Decision
{
    private Decision(
        Refusal? refusal, IReadOnlyList<DecisionStep> steps, Subscription? state, OfferTerms? terms, OfferTerms? scheduledTerms)
    {
        Refusal = refusal;
        Steps = steps;
        State = state;
        Terms = terms;
        ScheduledTerms = scheduledTerms;
    }

    /// <summary>Why the command was refused; null if it was accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The events in order, each with what it leads to; empty if the command was refused or there was nothing to do.</summary>
    public IReadOnlyList<DecisionStep> Steps { get; }

    public Subscription? State { get; }

    /// <summary>The terms after the events; null if the command was refused.</summary>
    public OfferTerms? Terms { get; }

    /// <summary>The terms of the change that is scheduled after the events; null if none is.</summary>
    public OfferTerms? ScheduledTerms { get; }

    /// <summary>Usage keys that this decision counts for the first time.</summary>
    public IReadOnlyList<string> UsageKeys { get; init; } = [];

    public static Decision Accept(
        IReadOnlyList<DecisionStep> steps, Subscription? state, OfferTerms terms, OfferTerms? scheduledTerms) =>
        new(null, steps, state, terms, scheduledTerms);

    public static Decision Refuse(Refusal refusal, Subscription? state) => new(refusal, [], state, null, null);
}

/// <summary>One event of a decision, and what the subscription is after it.</summary>
/// <param name="Event">The event.</param>
/// <param name="After">The state after the event; its version is the event's sequence.</param>
/// <param name="Terms">The terms after the event.</param>
public readonly record struct DecisionStep(SubscriptionEvent Event, Subscription After, OfferTerms Terms);

/// <summary>A decision in progress. It collects events and applies each one at once, so the next step sees the new state.</summary>
internal sealed class Draft(Subscription? state, DecisionContext context)
{
    private readonly List<DecisionStep> steps = new(3);

    /// <summary>
    /// The sequence under which the commit stores a text of the command: that of the command's first event. Events and state have only
    /// this number.
    /// </summary>
    public long TextSequence { get; } = (state?.Version ?? 0) + 1;

    public Subscription? StateOrNull { get; private set; } = state;

    public Subscription State => StateOrNull!;

    public Instant Now => context.Now;

    public Caller Caller => context.Caller;

    /// <summary>The terms at this point of the decision.</summary>
    public OfferTerms Terms { get; private set; } = context.Terms;

    public OfferTerms? ScheduledTerms { get; private set; } = context.ScheduledTerms;

    public IReadOnlyList<Invoice> Invoices =>
        context.Invoices ?? throw new InvalidOperationException("This command needs the invoices of the subscription.");

    public IReadOnlySet<string> KnownUsageKeys =>
        context.KnownUsageKeys ?? throw new InvalidOperationException("This command needs the usage keys that were already counted.");

    public Instant? UsageSince => context.UsageSince;

    public IReadOnlyList<string> UsageKeys { get; set; } = [];

    public void Add(SubscriptionEvent e)
    {
        StateOrNull = SubscriptionEvolution.Evolve(StateOrNull, e);
        steps.Add(new DecisionStep(e, StateOrNull, Terms));
    }

    /// <summary>Changes the plan. The following steps use the new terms.</summary>
    public void ChangeTo(SubscriptionEvent.PlanChanged change, OfferTerms terms)
    {
        Terms = terms;
        Add(change);
        ScheduledTerms = null;
    }

    public void Schedule(SubscriptionEvent.PlanChangeScheduled change, OfferTerms terms)
    {
        Add(change);
        ScheduledTerms = terms;
    }

    public Decision Accept() => Decision.Accept(steps, StateOrNull, Terms, ScheduledTerms) with { UsageKeys = UsageKeys };
}
