namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>What must hold after every decision, for any command.</summary>
public sealed class LawBook
{
    private readonly Timeline timeline;
    private readonly HistoryLaws history;
    private readonly CreditLaws credit;
    private readonly SplitLaws splits;
    private readonly UsageLaws usage;
    private readonly NoticeLaws notices;
    private readonly FeedLaws feed;
    private readonly InvoiceListLaws invoiceList;
    private readonly Ledger ledger = new();
    private readonly Counters counters = new();
    private Subscription? folded;
    private int held;

    public LawBook(Timeline timeline)
    {
        this.timeline = timeline;
        history = new HistoryLaws(timeline.Catalog, this);
        credit = new CreditLaws(this);
        splits = new SplitLaws(this);
        usage = new UsageLaws(timeline.Catalog, this);
        notices = new NoticeLaws(this);
        feed = new FeedLaws(this);
        invoiceList = new InvoiceListLaws(this);
    }

    /// <summary>The counters as if each decision had been committed with its deltas.</summary>
    public Counters Counters => counters;

    /// <summary>Number of ends at which the paid amount was compared with the served amount.</summary>
    public int EndsHeld { get; private set; }

    /// <summary>Throws with the story if <paramref name="holds"/> is false.</summary>
    public void Require(bool holds, string law)
    {
        if (!holds) throw new LawBrokenException($"Broken law: {law}.\n{timeline.Story()}");
    }

    /// <summary>Checks the laws that need only the last step.</summary>
    public void Hold(Subscription? before, SubscriptionCommand command, Caller caller, Decision decision)
    {
        if (decision.Refusal is not null)
        {
            Require(decision.Steps.Count == 0 && ReferenceEquals(before, decision.State), "a refusal changes nothing");
            return;
        }

        var terms = timeline.TermsBefore;
        foreach (var (e, after, termsAfter) in decision.Steps)
        {
            var termsBefore = terms;
            if (e is SubscriptionEvent.PlanChanged changed) terms = timeline.Catalog(changed.OfferId, changed.OfferVersion);
            Require(e.At == timeline.Now, "an event is stamped with the instant of its decision");
            var was = folded;
            folded = SubscriptionEvolution.Evolve(was, e);
            Require(SameState.Are(folded, after), "a step's state is the fold of the events up to it");
            Require(
                (termsAfter.Offer.Id, termsAfter.Offer.Version) == (after.OfferId, after.OfferVersion),
                "a step's terms are those that its subscription runs on");
            history.Read(e);
            credit.Read(e);
            splits.Read(e);
            usage.Read(e);
            notices.Read(was, e);
            feed.Read(was, e, folded);
            invoiceList.Read(e);
            ledger.Book(e, this);
            counters.Count(was, e, folded, termsBefore, terms);
            counters.Hold(folded, terms, this);
            held++;
        }

        if (decision.State is not { } state) return;
        var events = decision.Steps.Select(step => step.Event).ToList();
        Require(held == timeline.Events.Count, "every event was held against the laws");
        Require(state.Version == held, "the version is the number of events");
        Require(SameState.Are(folded, state), "the state is the fold of its events");
        ledger.Hold(state, this);
        credit.Hold(state);
        usage.Hold(state);
        CallerLaws.Hold(caller, command, events, this);
        StateLaws.Hold(state, this);
        if (before is not null && state.HasEnded && command is SubscriptionCommand.Cancel { Refund: not CancellationRefund.None } cancel
            && ServedLaws.Hold(timeline, before, state, cancel, held - decision.Steps.Count, this)) EndsHeld++;
        if (before is not null && command is SubscriptionCommand.Wake) DueLaws.Hold(before, events, this);
    }

    /// <summary>Checks the laws over the whole history, from the start.</summary>
    public void HoldWhole()
    {
        if (timeline.StateOrNull is not { } state) return;
        Require(SameState.Are(SubscriptionEvolution.Fold(timeline.Events), state), "the state is the fold of all events");
        var invoices = timeline.Invoices;
        InvoiceLaws.Hold(invoices, state, this);
        feed.Hold(invoices);
        splits.Hold(invoices, state);
        counters.HoldRecount(timeline.Events, state, this);
    }
}

/// <summary>A law was broken. The message contains the story.</summary>
public sealed class LawBrokenException(string message) : Exception(message);
