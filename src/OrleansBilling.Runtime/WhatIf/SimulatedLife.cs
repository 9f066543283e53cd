using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// One future of one subscription, lived by the production rules: the same decider, woken at the same due times. Dice
/// stand in for the bank, and for the customer who may decide to leave. Pure: nothing is read, written or asked.
/// </summary>
internal sealed class SimulatedLife(Subscription start, LifeStart how, in Course course, Figures figures)
{
    private static readonly PaymentOutcome Succeeded = new PaymentOutcome.Succeeded();
    private static readonly PaymentOutcome Declined = new PaymentOutcome.Declined("simulated", Hard: false);

    private readonly Course course = course;
    private readonly LifeDice dice = new(course.Seed, start.Id);
    private readonly Caller customer = new(Role.Customer, start.Customer.Id);
    private Subscription state = start;
    private LifeTerms terms = how.Terms;
    private LifeTerms? fromNextPeriod = how.FromNextPeriod;
    private LifeTerms? scheduled = how.Scheduled;
    private Instant now = Instant.Max(course.Months.StartOf(0), start.UpdatedAt);
    private int row;
    private int steps;
    private long revenue;

    /// <summary>Lives to the end of the run; false when that takes more steps than are allowed, and figures are cut short.</summary>
    public bool Live()
    {
        MeasureGauges(wasSubscriber: false);
        var months = course.Months;
        for (var month = 0; steps < course.StepsMax;)
        {
            Settle();
            var due = DueWork.Next(state)?.At ?? Instant.MaxValue;
            var roll = month < months.Count && !state.HasEnded ? months.StartOf(month) : Instant.MaxValue;
            var next = Instant.Min(due, roll);
            if (next >= months.End) return true;

            now = Instant.Max(now, next);
            if (due <= roll) Do(SubscriptionCommand.Wake.Instance, Caller.System);
            else LeaveIfDiced(month++);
        }

        return false;
    }

    /// <summary>What is in flight, vouchers included, is known at once.</summary>
    private void Settle()
    {
        while (state.Charge is { } charge)
            Do(new SubscriptionCommand.RecordPayment(PaymentKind.Charge, charge.Invoice, charge.Attempt, OutcomeOf(charge)), Caller.System);
        foreach (var refund in state.Refunds)
            Do(new SubscriptionCommand.RecordPayment(PaymentKind.Refund, refund.Invoice, refund.Attempt, Succeeded), Caller.System);
    }

    private PaymentOutcome OutcomeOf(PaymentInFlight charge)
    {
        var retry = state.FindOpenInvoice(charge.Invoice)!.Overdue;
        return dice.Pays(charge.Invoice, charge.Attempt, retry ? course.RetryChance : course.PaymentChance) ? Succeeded : Declined;
    }

    private void LeaveIfDiced(int month)
    {
        if (!RecurringRevenue.Counts(state) || state.TermEnded || state.CancellationScheduled is not null ||
            !dice.Leaves(month, terms.ChurnChance)) return;
        Do(new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, CancellationRefund.None, null), customer);
    }

    private void Do(SubscriptionCommand command, Caller caller)
    {
        steps++;
        var decision = Decide(command, caller);
        if (fromNextPeriod is { } changed && StartsPeriod(decision))
        {
            // The first period of the run is the first that costs the changed price.
            (terms, fromNextPeriod) = (changed, null);
            decision = Decide(command, caller);
        }

        if (decision.Refusal is { } refusal)
            throw new InvalidOperationException(
                $"Subscription '{state.Id}' refused {command.GetType().Name} in a simulation: {refusal.Code}.");
        Adopt(decision);
    }

    private Decision Decide(SubscriptionCommand command, Caller caller) =>
        SubscriptionDecider.Decide(state, command, new DecisionContext(now, terms.Terms, caller) { ScheduledTerms = scheduled?.Terms });

    private void Adopt(in Decision decision)
    {
        while (row < course.Months.Count && now >= course.Months.StartOf(row)) row++;
        var before = state;
        var events = decision.Events;
        for (var n = 0; n < events.Count; n++)
        {
            // The state between two events is only wanted for who leaves with which.
            Count(events[n], before);
            if (n + 1 < events.Count) before = SubscriptionEvolution.Evolve(before, events[n]);
        }

        var wasSubscriber = Population.IsSubscriber(state);
        state = decision.State!;
        if (!ReferenceEquals(decision.Terms, terms.Terms)) (terms, fromNextPeriod) = (scheduled!, null);
        if (decision.ScheduledTerms is null) scheduled = null;
        MeasureGauges(wasSubscriber);
    }

    private void Count(SubscriptionEvent e, Subscription before)
    {
        switch (e)
        {
            case SubscriptionEvent.RecurrenceStarted x:
                CountInvoice(x.Invoice.Total);
                break;
            case SubscriptionEvent.InvoiceIssued x:
                CountInvoice(x.Invoice.Total);
                break;
            case SubscriptionEvent.ChargeSucceeded x:
                figures.Add(row, Figure.Collected, x.Amount);
                break;
            case SubscriptionEvent.Canceled x when Population.IsSubscriber(before):
                figures.Add(row, x.Cancellation.Voluntary ? Figure.CanceledVoluntary : Figure.CanceledInvoluntary, 1);
                break;
            default:
                break;
        }
    }

    /// <summary>A negative total is credit, which later totals show.</summary>
    private void CountInvoice(long total)
    {
        figures.Add(row, Figure.Invoices, 1);
        figures.Add(row, Figure.Invoiced, Math.Max(0, total));
    }

    private void MeasureGauges(bool wasSubscriber)
    {
        var present = RecurringRevenue.Net(state, terms.Terms);
        var isSubscriber = Population.IsSubscriber(state);
        if (present != revenue) figures.Add(row, Figure.RecurringRevenue, present - revenue);
        if (isSubscriber != wasSubscriber) figures.Add(row, Figure.Current, wasSubscriber ? -1 : 1);
        revenue = present;
    }

    private static bool StartsPeriod(in Decision decision)
    {
        foreach (var e in decision.Events)
        {
            if (e is SubscriptionEvent.RecurrenceStarted) return true;
        }

        return false;
    }
}

/// <summary>On what a life begins.</summary>
/// <param name="Terms">The terms that it runs on.</param>
/// <param name="FromNextPeriod">Those that hold from its next period on; null for the same.</param>
/// <param name="Scheduled">Those of the change that is scheduled; null when none is.</param>
internal readonly record struct LifeStart(LifeTerms Terms, LifeTerms? FromNextPeriod, LifeTerms? Scheduled);

/// <summary>What all lives of a simulation have in common.</summary>
/// <param name="Seed">Seeds the dice.</param>
/// <param name="Months">How long they are.</param>
/// <param name="PaymentChance">That a first try succeeds.</param>
/// <param name="RetryChance">That a try of what is overdue succeeds.</param>
/// <param name="StepsMax">The most decisions of one life.</param>
internal readonly record struct Course(long Seed, MonthGrid Months, long PaymentChance, long RetryChance, int StepsMax);
