using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Changes of offer, quantity and add-ons, now or at period end (see "Proration and plan changes" in the domain's README).
/// </summary>
internal static class PlanChangeRules
{
    public static Refusal? Change(Draft draft, SubscriptionCommand.ChangePlan command)
    {
        if (DueSteps.CatchUp(draft) is { } late) return late;
        var state = draft.State;
        if (state.HasEnded) return Refusal.Ended(state.Status);
        if (state.Status is SubscriptionStatus.Pending or SubscriptionStatus.Paused || state.TermEnded)
            return Refusal.NotWhile(state.Status);
        if (state.CancellationScheduled is not null) return Refusal.CancellationScheduled;
        if (state.OpenInvoices.Length >= Subscription.OpenInvoicesMax) return Refusal.TooMuchOwed;

        // A newer version of the offer that the subscription has is no new sale.
        var terms = command.Terms ?? draft.Terms;
        if (command.Archived is { } archived && terms.Offer.Id != state.OfferId) return Refusal.Archived(archived);
        var change = new ScheduledChange(
            terms.Offer.Id, terms.Offer.Version, command.Quantity ?? state.Quantity,
            command.AddOns is { } asked ? Sorted(asked) : Kept(state, terms.Offer));
        if (Refuse(draft, terms, change) is { } refusal) return refusal;

        if (command.At == EffectiveAt.PeriodEnd)
            draft.Schedule(new SubscriptionEvent.PlanChangeScheduled { At = draft.Now, Change = change }, terms);
        else if (state.Status == SubscriptionStatus.Trialing) ChangeInTrial(draft, terms, change, command.TrialEnds);
        else return ChangeNow(draft, terms, change);
        return null;
    }

    public static Refusal? Undo(Draft draft)
    {
        if (draft.State.HasEnded) return Refusal.Ended(draft.State.Status);
        if (draft.State.ScheduledChange is null) return Refusal.NoPlanChangeScheduled;
        draft.Add(new SubscriptionEvent.PlanChangeUndone { At = draft.Now });
        return null;
    }

    /// <summary>Applies the scheduled change at a boundary. Returns whether the interval changed, so that a new term must start.</summary>
    public static bool ApplyScheduled(Draft draft)
    {
        if (draft.State.ScheduledChange is not { } change) return false;
        var terms = draft.ScheduledTerms ?? throw new InvalidOperationException("The terms of a scheduled change are missing.");
        var otherInterval = terms.Plan.Interval != draft.Terms.Plan.Interval;
        draft.ChangeTo(Changed(draft, terms, change), terms);
        return otherInterval;
    }

    /// <summary>Refuses an order that the offer does not sell or that exceeds a limit.</summary>
    public static Refusal? RefuseOrder(Offer offer, int quantity, ImmutableArray<AddOnQuantity> addOns)
    {
        if (quantity is < 1 or > Subscription.QuantityMax) return Refusal.QuantityOutOfRange;
        for (var n = 0; n < addOns.Length; n++)
        {
            if (offer.FindAddOn(addOns[n].Id) is null) return Refusal.UnknownAddOn;
            if (addOns[n].Quantity is < 1 or > Subscription.QuantityMax) return Refusal.QuantityOutOfRange with { Field = "addons" };
            for (var other = 0; other < n; other++)
            {
                if (addOns[other].Id == addOns[n].Id)
                    return Refusal.UnknownAddOn with { Code = "addon_twice", Detail = "An add-on is named twice." };
            }
        }

        return InvoiceRules.PriceOf(offer, quantity, addOns) > PriceMax ? Refusal.PriceTooHigh : null;
    }

    /// <summary>Sorts by id, so that equal orders compare as equal.</summary>
    public static ImmutableArray<AddOnQuantity> Sorted(ImmutableArray<AddOnQuantity> addOns) =>
        addOns.Length < 2 ? addOns : addOns.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));

    /// <summary>The most that one recurrence may cost, in minor units. It keeps sums of many recurrences far from overflow.</summary>
    private const long PriceMax = 100 * Money.OfferAmountMax;

    private static Refusal? Refuse(Draft draft, OfferTerms terms, ScheduledChange change)
    {
        if (terms.Product.Id != draft.Terms.Product.Id) return Refusal.OtherProduct;
        if (terms.Offer.Currency != draft.Terms.Offer.Currency) return Refusal.OtherCurrency;
        if (RefuseOrder(terms.Offer, change.Quantity, change.AddOns) is { } refusal) return refusal;
        var state = draft.State;
        if (state.PaymentToken is null && state.Status != SubscriptionStatus.Trialing &&
            InvoiceRules.MustPay(terms.Offer, change.Quantity, change.AddOns))
            return Refusal.PaymentMethodRequired;
        var same = change.OfferId == state.OfferId && change.OfferVersion == state.OfferVersion && change.Quantity == state.Quantity &&
            change.AddOns.AsSpan().SequenceEqual(state.AddOns.AsSpan());
        return same ? Refusal.NothingToChange : null;
    }

    private static void ChangeInTrial(Draft draft, OfferTerms terms, ScheduledChange change, bool endTrial)
    {
        draft.ChangeTo(Changed(draft, terms, change), terms);
        if (!endTrial) return;
        draft.Add(new SubscriptionEvent.TrialEndMoved { At = draft.Now, End = draft.Now });
        DueSteps.Run(draft);
    }

    private static Refusal? ChangeNow(Draft draft, OfferTerms terms, ScheduledChange change)
    {
        // If nothing was paid for the last change, it is voided. Compare with the interval before that change.
        var present = draft.State.Before?.Interval ?? draft.Terms.Plan.Interval;
        var owed = draft.State.Before?.Owed ?? 0;
        if (UnpaidChangeRules.Void(draft) is { } refusal) return refusal;
        var state = draft.State;
        var period = state.CurrentPeriod!;

        // What was paid before the voided change may be used up by now. Then there is no rest to charge and a new period starts.
        var otherInterval = terms.Plan.Interval != present || period.End <= draft.Now;
        if (!otherInterval && UsageLedger.RefuseChange(state, draft.Terms.Offer, terms.Offer) is { } tooMuch) return tooMuch;
        var unused = UnusedService.Of(state, draft.Now, draft.Terms);

        // Another interval starts a new period, so all usage is billed. Within the period, only redefined meters are billed.
        var usage = otherInterval ? default : UsageLedger.Settle(state, draft.Terms.Offer, terms.Offer);
        var settled = otherInterval
            ? InvoiceRules.WaitingAndUsage(state, draft.Terms, draft.Now)
            : InvoiceRules.Waiting(state, draft.Now).AddRange(usage.Lines);
        var rest = new BillingPeriod(period.Index, draft.Now, period.End);
        settled = settled.Insert(0, new InvoiceLine(InvoiceLineType.ProrationCredit, -unused.Credit, "Unused time", rest));

        if (unused.FallsAway > 0) LetPartsFallAway(draft, unused.FallsAway);
        draft.ChangeTo(
            Changed(draft, terms, change) with
            {
                UnusedWhenPaid = unused.WhenPaid,
                Carried = new CarriedService(unused.Credit, present)
                {
                    Money = ServiceMoney.Stored(draft.Terms, unused.Collected),
                    Owed = owed, Usage = otherInterval ? UsageLedger.Hold(state, draft.Terms.Offer, terms.Offer) : [],
                },
                Readings = otherInterval ? [] : usage.Readings,
            },
            terms);
        if (otherInterval)
        {
            draft.Add(new SubscriptionEvent.PeriodEndMoved { At = draft.Now, End = draft.Now });
            RecurrenceRules.StartTerm(draft, draft.Now, new RecurrenceStart(NewTerm: true, Settled: settled, Unused: unused));
        }
        else
        {
            ChargeRest(draft, rest, settled, unused);
        }

        DueSteps.Run(draft);
        return null;
    }

    /// <summary>Same interval: keeps period and anchor and charges the new price for the remaining share of the period.</summary>
    private static void ChargeRest(Draft draft, BillingPeriod rest, ImmutableArray<InvoiceLine> settled, UnusedService unused)
    {
        var state = draft.State;
        var left = (rest.End - rest.Start).BclCompatibleTicks;
        var whole = (state.RegularLength ?? rest.End - state.CurrentPeriod!.Start).BclCompatibleTicks;
        var price = InvoiceRules.PriceOf(draft.Terms.Offer, state.Quantity, state.AddOns);
        var charge = Money.MultiplyDivide(price, left, whole);
        var discount = DiscountOnRest(draft, rest, price, charge, whole);
        var lines = settled.Insert(1, new InvoiceLine(InvoiceLineType.ProrationCharge, charge, "Rest of the period", rest));
        if (discount > 0)
            lines = lines.Add(new InvoiceLine(InvoiceLineType.Discount, -discount, "Discounts on the rest of the period", rest));
        var (invoice, money) = ServiceMoney.Bill(draft, InvoiceRules.Issue(state, draft.Terms, lines), charge - discount, unused);
        InvoiceRules.IssueExtra(draft, new SubscriptionEvent.InvoiceIssued
        {
            At = draft.Now,
            Reason = InvoiceReason.PlanChange,
            Period = rest,
            Invoice = invoice,
            ServedFrom = draft.Now,
            ServiceValue = charge - discount,
            ServiceMoney = money,
        });
    }

    /// <summary>In a lengthened period, discounts for a limited number of recurrences end at the regular end of the period.</summary>
    private static long DiscountOnRest(Draft draft, BillingPeriod rest, long price, long charge, long whole)
    {
        var state = draft.State;
        var regularEnd = Instant.Max(rest.Start, Instant.Min(rest.End, state.LengthenedFrom ?? rest.End));
        var regular = (regularEnd - rest.Start).BclCompatibleTicks;
        var stretch = (rest.End - regularEnd).BclCompatibleTicks;
        var regularCharge = stretch == 0 ? charge : Money.MultiplyDivide(price, regular, whole);
        return InvoiceRules.DiscountOn(state, draft.Terms.Plan.Id, rest.Index, regularCharge, regular, whole)
            + InvoiceRules.DiscountOn(state, draft.Terms.Plan.Id, index: null, charge - regularCharge, stretch, whole);
    }

    private static void LetPartsFallAway(Draft draft, long amount)
    {
        var invoice = draft.State.FindOpenInvoice(draft.State.ServiceInvoice)!;
        var tax = Taxes.Part(invoice.Tax, invoice.Total - amount, invoice.Total, invoice.Gross);
        draft.Add(new SubscriptionEvent.InvoiceReduced
        {
            At = draft.Now, Invoice = invoice.Number, Amount = amount, Tax = tax,
            Postings = Postings.Voided(new ClosedInvoice(invoice.Number, amount, 0, tax)),
        });
    }

    private static SubscriptionEvent.PlanChanged Changed(Draft draft, OfferTerms terms, ScheduledChange change) => new()
    {
        At = draft.Now,
        OfferId = change.OfferId,
        OfferVersion = change.OfferVersion,
        Quantity = change.Quantity,
        AddOns = change.AddOns,
        AlertAt = AlertOn(draft, terms),
    };

    /// <summary>The alert time follows the new plan. A change that starts a new period sets it with that period.</summary>
    private static Instant? AlertOn(Draft draft, OfferTerms terms)
    {
        var state = draft.State;
        if (state.Status == SubscriptionStatus.Trialing) return RecurrenceRules.AlertAt(terms, draft.Now, state.TrialEnd!.Value);
        return RecurrenceRules.IsLastOfTerm(state, terms.Plan) ? null : RecurrenceRules.AlertAt(terms, draft.Now, state.CurrentPeriod!.End);
    }

    private static ImmutableArray<AddOnQuantity> Kept(Subscription state, Offer offer) =>
        state.AddOns.IsEmpty ? [] : state.AddOns.RemoveAll(bought => offer.FindAddOn(bought.Id) is null);
}
