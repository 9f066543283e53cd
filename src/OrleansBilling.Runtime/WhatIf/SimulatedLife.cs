using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// Simulates one future of one subscription with the production rules: the same decider, woken at the same due times.
/// Dice replace the bank and the customer's decision to leave. Pure: no I/O.
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

    /// <summary>Runs to the end of the simulation; false when that takes more steps than allowed, and the figures are cut short.</summary>
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

    /// <summary>Settles everything in flight at once, including vouchers.</summary>
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
            // The first period that starts in this run is the first at the changed price.
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
        foreach (var (e, after, _) in decision.Steps)
        {
            Count(e, before);
            before = after;
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

    /// <summary>A negative total is credit, which lowers later totals.</summary>
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
        foreach (var (e, _, _) in decision.Steps)
        {
            if (e is SubscriptionEvent.RecurrenceStarted) return true;
        }

        return false;
    }
}

/// <summary>The terms at the start of a life.</summary>
/// <param name="Terms">The terms that it runs on.</param>
/// <param name="FromNextPeriod">The terms from the next period on; null for the same.</param>
/// <param name="Scheduled">The terms of a scheduled change; null for none.</param>
internal readonly record struct LifeStart(LifeTerms Terms, LifeTerms? FromNextPeriod, LifeTerms? Scheduled);

/// <summary>What all lives of a simulation share.</summary>
/// <param name="Seed">Seeds the dice.</param>
/// <param name="Months">The months to simulate.</param>
/// <param name="PaymentChance">The chance that a first attempt succeeds.</param>
/// <param name="RetryChance">The chance that an attempt on an overdue invoice succeeds.</param>
/// <param name="StepsMax">The most decisions per life.</param>
internal readonly record struct Course(long Seed, MonthGrid Months, long PaymentChance, long RetryChance, int StepsMax);
