using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>When something asked for takes effect.</summary>
public enum EffectiveAt
{
    /// <summary>At once.</summary>
    Now,

    /// <summary>At the end of the running period or trial.</summary>
    PeriodEnd,
}

/// <summary>What is given back when a subscription is cancelled at once.</summary>
public enum CancellationRefund
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The unused share of the current period, by elapsed time.</summary>
    Prorated,

    /// <summary>All that was collected for the current period.</summary>
    Full,
}

/// <summary>What can be asked of a subscription. A closed family; <see cref="SubscriptionDecider"/> judges each.</summary>
public abstract record SubscriptionCommand
{
    private SubscriptionCommand()
    {
    }

    /// <summary>Starts a subscription.</summary>
    /// <param name="Id">The new subscription's id.</param>
    /// <param name="Terms">The offer's present version.</param>
    /// <param name="Customer">Who pays.</param>
    /// <param name="PaymentToken">The provider's token; may be missing when there is a trial.</param>
    /// <param name="TrialDays">Overrides the plan's trial.</param>
    /// <param name="StartAt">When to start; null for at once.</param>
    /// <param name="Metadata">The caller's own pairs.</param>
    public sealed record Subscribe(
        string Id,
        OfferTerms Terms,
        Customer Customer,
        string? PaymentToken,
        int? TrialDays,
        Instant? StartAt,
        ImmutableSortedDictionary<string, string>? Metadata) : SubscriptionCommand;

    /// <summary>Does whatever is due by now. Waking twice changes nothing.</summary>
    public sealed record Wake : SubscriptionCommand
    {
        /// <summary>The one instance.</summary>
        public static Wake Instance { get; } = new();
    }

    /// <summary>Cancels now or at period end.</summary>
    /// <param name="At">When.</param>
    /// <param name="Reason">A reason code.</param>
    /// <param name="Comment">In the canceller's words.</param>
    /// <param name="Refund">What to give back.</param>
    /// <param name="Origin">Stated by an administrator in somebody's name; null for the caller's own role.</param>
    public sealed record Cancel(EffectiveAt At, string? Reason, string? Comment, CancellationRefund Refund, CancellationOrigin? Origin) : SubscriptionCommand;

    /// <summary>Undoes a cancellation that has not happened yet.</summary>
    public sealed record Uncancel : SubscriptionCommand;

    /// <summary>Starts a new first period on a cancelled or expired subscription.</summary>
    /// <param name="ChargeNow">Whether that period is charged; without, it is given.</param>
    /// <param name="PaymentToken">A new payment method.</param>
    public sealed record Reactivate(bool ChargeNow, string? PaymentToken) : SubscriptionCommand;

    /// <summary>Tries the oldest overdue invoice at once.</summary>
    public sealed record Retry : SubscriptionCommand;

    /// <summary>Ends the trial now; the first paid period starts.</summary>
    public sealed record EndTrial : SubscriptionCommand;

    /// <summary>Moves the end of the trial to a later instant.</summary>
    /// <param name="TrialEnd">The new end; null with <paramref name="Days"/>.</param>
    /// <param name="Days">Calendar days to add; null with <paramref name="TrialEnd"/>.</param>
    public sealed record ExtendTrial(Instant? TrialEnd, int? Days) : SubscriptionCommand;

    /// <summary>Changes the payment method; overdue invoices are tried at once.</summary>
    /// <param name="Token">The provider's token.</param>
    public sealed record ChangePaymentMethod(string Token) : SubscriptionCommand;

    /// <summary>The outcome of a payment in flight, as the provider reported it.</summary>
    /// <param name="Kind">Charge or refund.</param>
    /// <param name="Invoice">The invoice's number.</param>
    /// <param name="Attempt">The attempt's number.</param>
    /// <param name="Outcome">What the provider said.</param>
    public sealed record RecordPayment(PaymentKind Kind, int Invoice, int Attempt, PaymentOutcome Outcome) : SubscriptionCommand;
}

/// <summary>What a payment provider says of a charge or refund.</summary>
public abstract record PaymentOutcome
{
    private PaymentOutcome()
    {
    }

    /// <summary>The money moved.</summary>
    public sealed record Succeeded : PaymentOutcome;

    /// <summary>The money did not move and will not under this key.</summary>
    /// <param name="Code">The provider's code.</param>
    /// <param name="Hard">Whether trying again cannot help (lost, stolen, closed, invalid, not permitted, revoked).</param>
    public sealed record Declined(string Code, bool Hard) : PaymentOutcome;

    /// <summary>Nobody knows yet: time-out, lost connection, or a slip that is not paid yet. Ask again with the same key.</summary>
    /// <param name="Code">Why.</param>
    public sealed record Unknown(string Code) : PaymentOutcome;
}
