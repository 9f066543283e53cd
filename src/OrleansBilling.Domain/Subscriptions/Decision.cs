using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>What a decision may look at besides the state and the command.</summary>
/// <param name="Now">The instant of the decision; every event is stamped with it.</param>
/// <param name="Terms">The terms that the subscription runs on (for Subscribe, those it is sold with).</param>
/// <param name="Caller">Who asks.</param>
public readonly record struct DecisionContext(Instant Now, OfferTerms Terms, Caller Caller);

/// <summary>What was decided: events, or why not. Neither means that there was nothing to do.</summary>
public readonly struct Decision
{
    private Decision(Refusal? refusal, IReadOnlyList<SubscriptionEvent> events, Subscription? state)
    {
        Refusal = refusal;
        Events = events;
        State = state;
    }

    /// <summary>Why not; null when accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>What happens, in order; empty when refused or when nothing was to do.</summary>
    public IReadOnlyList<SubscriptionEvent> Events { get; }

    /// <summary>The state after the events.</summary>
    public Subscription? State { get; }

    /// <summary>Accepted, with these events.</summary>
    public static Decision Accept(IReadOnlyList<SubscriptionEvent> events, Subscription? state) => new(null, events, state);

    /// <summary>Refused; no effect.</summary>
    public static Decision Refuse(Refusal refusal, Subscription? state) => new(refusal, [], state);
}

/// <summary>A decision in the making: collects events and folds each at once, so that the next step sees it.</summary>
internal sealed class Draft(Subscription? state, DecisionContext context)
{
    private readonly List<SubscriptionEvent> events = new(3);

    public Subscription? StateOrNull { get; private set; } = state;

    public Subscription State => StateOrNull!;

    public Instant Now => context.Now;

    public OfferTerms Terms => context.Terms;

    public Caller Caller => context.Caller;

    public void Add(SubscriptionEvent e)
    {
        events.Add(e);
        StateOrNull = SubscriptionEvolution.Evolve(StateOrNull, e);
    }

    public Decision Accept() => Decision.Accept(events, StateOrNull);
}
