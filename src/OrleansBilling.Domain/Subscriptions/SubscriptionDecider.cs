using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Decides commands. One pure switch: state and command in, events or a refusal out. It never throws for a business reason.
/// Refusals are checked in this order: existence and ownership, role, life over, present state, content.
/// </summary>
public static class SubscriptionDecider
{
    /// <summary>Decides <paramref name="command"/> on <paramref name="state"/>; null means that the subscription does not exist.</summary>
    public static Decision Decide(Subscription? state, SubscriptionCommand command, in DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (state is null && command is not SubscriptionCommand.Subscribe) return Decision.Refuse(Refusal.NotFound, state);
        if (state is not null && !context.Caller.MayTouch(context.Terms.Product.SellerId, state.Customer.Id))
            return Decision.Refuse(command is SubscriptionCommand.Subscribe ? Refusal.AlreadyExists : Refusal.NotFound, state);

        var draft = new Draft(state, context);
        var refusal = command switch
        {
            SubscriptionCommand.Subscribe x => Subscribe(draft, x),
            SubscriptionCommand.Wake => Wake(draft),
            SubscriptionCommand.RecordPayment x => RecordPayment(draft, x),
            SubscriptionCommand.Cancel x => CancellationRules.Cancel(draft, x),
            SubscriptionCommand.Uncancel => CancellationRules.Uncancel(draft),
            SubscriptionCommand.Reactivate x => CancellationRules.Reactivate(draft, x),
            SubscriptionCommand.Retry => DunningRules.Retry(draft),
            SubscriptionCommand.RetryInvoice x => DunningRules.Retry(draft, x),
            SubscriptionCommand.ChangePaymentMethod x => DunningRules.ChangePaymentMethod(draft, x),
            SubscriptionCommand.ChangeMetadata x => MetadataRules.Change(draft, x),
            SubscriptionCommand.SendMessage x => MessageRules.Send(draft, x),
            SubscriptionCommand.ChangePlan x => PlanChangeRules.Change(draft, x),
            SubscriptionCommand.UndoPlanChange => PlanChangeRules.Undo(draft),
            SubscriptionCommand.Pause x => PauseRules.Pause(draft, x),
            SubscriptionCommand.Resume => PauseRules.Resume(draft),
            SubscriptionCommand.ChangeBillingDate x => BillingDateRules.Change(draft, x),
            SubscriptionCommand.ApplyCoupon x => DiscountRules.Apply(draft, x),
            SubscriptionCommand.GiveRecurrences x => DiscountRules.Give(draft, x),
            SubscriptionCommand.AskRetention x => RetentionRules.Ask(draft, x),
            SubscriptionCommand.AcceptRetention x => RetentionRules.Accept(draft, x),
            SubscriptionCommand.RecordUsage x => UsageRules.Record(draft, x),
            SubscriptionCommand.RefundInvoice x => RefundRules.Refund(draft, x),
            SubscriptionCommand.RequestVoucher => VoucherRules.Request(draft),
            SubscriptionCommand.ConfirmPayment x => VoucherRules.Confirm(draft, x),
            SubscriptionCommand.RecordChargeback x => ChargebackRules.Record(draft, x),
            SubscriptionCommand.EndTrial => TrialRules.End(draft),
            SubscriptionCommand.ExtendTrial x => TrialRules.Extend(draft, x),
            _ => throw new InvalidOperationException($"The decider does not handle {command.GetType().Name}."),
        };
        return refusal is null ? draft.Accept() : Decision.Refuse(refusal, state);
    }

    /// <summary>Whether the decision needs all invoices of the subscription (<see cref="DecisionContext.Invoices"/>).</summary>
    public static bool NeedsInvoices(Subscription? state, SubscriptionCommand command) => command switch
    {
        SubscriptionCommand.RefundInvoice or SubscriptionCommand.RecordChargeback => true,
        SubscriptionCommand.Cancel { Refund: not CancellationRefund.None } => true,
        SubscriptionCommand.ConfirmPayment confirm => state is null || !VoucherRules.IsInFlight(state, confirm),
        _ => false,
    };

    /// <summary>Whether an old usage key is no longer needed to keep anything from being counted twice.</summary>
    /// <param name="before">Usage before this instant is refused.</param>
    public static bool MayForgetUsageKey(Subscription state, string key, Instant before)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(key);
        return UsageRules.MayForget(state, key, before);
    }

    /// <summary>The usage keys that the decision has to look up (<see cref="DecisionContext.KnownUsageKeys"/>); empty for none.</summary>
    public static IReadOnlyCollection<string> UsageKeysOf(Subscription? state, OfferTerms terms, SubscriptionCommand command) =>
        state is not null && command is SubscriptionCommand.RecordUsage usage ? UsageRules.KeysOf(state, terms, usage) : [];

    /// <summary>
    /// The invoice that a command would create, computed by the code that would create it. For a command that takes effect at
    /// period end, it is the invoice of the next recurrence, assuming nothing else happens until then.
    /// </summary>
    public static InvoicePreview Preview(Subscription state, SubscriptionCommand command, in DecisionContext context)
    {
        // Do the due work first. Its invoices are not part of the preview.
        var caughtUp = Decide(state, SubscriptionCommand.Wake.Instance, context with { Caller = Caller.System });
        var decision = Decide(caughtUp.State, command, context with { Terms = caughtUp.Terms!, ScheduledTerms = caughtUp.ScheduledTerms });
        if (decision.Refusal is not null) return new InvoicePreview(decision.Refusal, null, null);
        if (FirstInvoice(decision) is { Invoice: not null } made) return made;
        if (decision.State is not { } after || DueWork.BoundaryOf(after) is not { } boundary) return default;
        var later = new DecisionContext(Instant.Max(boundary, context.Now), decision.Terms!, Caller.System)
        {
            ScheduledTerms = decision.ScheduledTerms,
        };
        return FirstInvoice(
            Decide(after with { AlertAt = null, Charge = null, OpenInvoices = [] }, SubscriptionCommand.Wake.Instance, later));
    }

    private static InvoicePreview FirstInvoice(in Decision decision)
    {
        foreach (var (e, _, _) in decision.Steps)
        {
            if (e is SubscriptionEvent.RecurrenceStarted recurrence) return new InvoicePreview(null, recurrence.Invoice, recurrence.Period);
            if (e is SubscriptionEvent.InvoiceIssued issued) return new InvoicePreview(null, issued.Invoice, issued.Period);
        }

        return default;
    }

    private static Refusal? Wake(Draft draft)
    {
        DueSteps.Run(draft);
        return null;
    }

    private static Refusal? RecordPayment(Draft draft, SubscriptionCommand.RecordPayment command) =>
        draft.Caller.Role is Role.Customer or Role.Seller ? Refusal.ForAdministrators : PaymentRules.Record(draft, command);

    private static Refusal? Subscribe(Draft draft, SubscriptionCommand.Subscribe command)
    {
        if (draft.StateOrNull is not null) return Refusal.AlreadyExists;
        if (draft.Caller.Role == Role.Customer) return Refusal.NotForCustomers;
        if (!draft.Caller.MayTouch(draft.Terms.Product.SellerId, command.Customer.Id)) return Refusal.OfferNotFound;
        if (command.Archived is { } archived) return Refusal.Archived(archived);
        if (command.StartAt < draft.Now) return Refusal.StartInPast;
        if (command.StartAt > draft.Now + StartAheadMax) return Refusal.StartTooFar;

        var trialDays = command.TrialDays ?? draft.Terms.Plan.TrialDays;
        if (trialDays > Plan.TrialDaysMax) return Refusal.TrialTooLong with { Field = "trial_days" };
        var offer = draft.Terms.Offer;
        if (PlanChangeRules.RefuseOrder(offer, command.Quantity, command.AddOns) is { } refusal) return refusal;
        if (command.PaymentToken is null && trialDays == 0 && InvoiceRules.MustPay(offer, command.Quantity, command.AddOns))
            return Refusal.PaymentMethodRequired;
        if (command.Coupon is { } coupon && DiscountRules.RefuseCoupon(draft, coupon, null) is { } refused) return refused;

        draft.Add(new SubscriptionEvent.Subscribed
        {
            At = draft.Now,
            Id = command.Id,
            OfferId = draft.Terms.Offer.Id,
            OfferVersion = draft.Terms.Offer.Version,
            Customer = command.Customer.WithoutPerson(),
            PaymentToken = command.PaymentToken,
            TrialDays = trialDays,
            StartAt = command.StartAt > draft.Now ? command.StartAt : null,
            Metadata = command.Metadata,
            Quantity = command.Quantity,
            AddOns = PlanChangeRules.Sorted(command.AddOns),
            AffiliateId = command.AffiliateId,
        });
        if (command.Coupon is { } redeemed) DiscountRules.Redeem(draft, redeemed);
        DueSteps.Run(draft);
        return null;
    }

    private static readonly Duration StartAheadMax = Duration.FromDays(3_653);
}

/// <param name="Refusal">Why the command would be refused; null if it would be accepted.</param>
/// <param name="Invoice">The invoice that it would create; null for none.</param>
/// <param name="Period">The period that the invoice is for.</param>
public readonly record struct InvoicePreview(Refusal? Refusal, IssuedInvoice? Invoice, BillingPeriod? Period);
