using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>What a plan change does to a running trial.</summary>
internal enum TrialChange
{
    /// <summary>The trial continues.</summary>
    Continue,

    /// <summary>The trial ends with the change.</summary>
    End,
}

/// <summary>The quantity of an add-on; 1 by default.</summary>
internal sealed record AddonQuantityBody
{
    /// <summary>The add-on's id in the offer.</summary>
    [Id]
    public required string Id { get; init; }

    /// <summary>How many; 1 by default.</summary>
    [Bounds(1, Subscription.QuantityMax)]
    public int? Quantity { get; init; }
}

/// <summary>POST …/change-plan and its preview: at least one of offer, quantity and add-ons. Omitted fields do not change.</summary>
internal record ChangePlanBody
{
    /// <summary>The new offer, in its newest version.</summary>
    [Id]
    public string? OfferId { get; init; }

    /// <summary>How many of the plan.</summary>
    [Bounds(1, Subscription.QuantityMax)]
    public int? Quantity { get; init; }

    /// <summary>All add-ons after the change; an empty list removes them.</summary>
    [Entries(0, Offer.AddOnsMax)]
    public IReadOnlyList<AddonQuantityBody>? Addons { get; init; }

    /// <summary>Now, prorated, or at the end of the period.</summary>
    public required EffectiveAt At { get; init; }

    /// <summary>What happens to a running trial; it continues by default.</summary>
    public TrialChange? Trial { get; init; }
}

/// <summary>POST …/pause. Without <c>until</c> the pause lasts until resumed. On a running pause, <c>until</c> changes its end.</summary>
internal record PauseBody
{
    /// <summary>Now, or at the end of the period.</summary>
    public required EffectiveAt At { get; init; }

    /// <summary>When the pause ends by itself.</summary>
    public Instant? Until { get; init; }
}

/// <summary>POST …/billing-date and its preview: exactly one of the two. A date is a day in the product's time zone.</summary>
internal record BillingDateBody
{
    /// <summary>The instant of the next charge.</summary>
    public Instant? NextBillingAt { get; init; }

    /// <summary>The day of the next charge.</summary>
    public LocalDate? Date { get; init; }
}

/// <summary>POST …/apply-coupon.</summary>
internal record ApplyCouponBody
{
    /// <summary>The coupon's code, case-insensitive, or its id.</summary>
    [Id]
    public required string Coupon { get; init; }
}

/// <summary>POST …/give.</summary>
internal record GiveBody
{
    /// <summary>How many of the next recurrences are free.</summary>
    [Bounds(1, Coupon.RecurrencesMax)]
    public required int Recurrences { get; init; }
}

/// <summary>POST …/usage.</summary>
internal record UsageBody
{
    /// <summary>The events, in any order.</summary>
    [Entries(1, SubscriptionCommand.RecordUsage.EntriesMax)]
    public required ImmutableArray<UsageEventBody> Events { get; init; }
}

/// <summary>A usage event. Quantity is 1 and time is now by default. Each id counts once.</summary>
internal sealed record UsageEventBody
{
    /// <summary>The event's own id, unique within the subscription. A repeated id changes nothing.</summary>
    [Id]
    public required string Id { get; init; }

    /// <summary>The meter's id in the offer.</summary>
    [Id]
    public required string Meter { get; init; }

    /// <summary>How many units; 1 by default.</summary>
    [Bounds(0, Domain.Catalog.Meter.UnitsMax)]
    public long? Quantity { get; init; }

    /// <summary>When it was used, at most 90 days ago unless set otherwise; now by default, so a later repeat may count anew.</summary>
    public Instant? At { get; init; }

    /// <summary>What a meter with aggregation unique counts, such as a user's id.</summary>
    [Text(FieldLimits.UsageKeyCharactersMax)]
    public string? Key { get; init; }
}

/// <summary>POST …/retention.</summary>
internal sealed record AskRetentionBody
{
    /// <summary>Why the customer wants to leave. It chooses among the offers.</summary>
    [ReasonCode]
    public string? Reason { get; init; }
}

/// <summary>Where refunded money goes.</summary>
internal enum RefundTarget
{
    /// <summary>The payment method that paid.</summary>
    PaymentMethod,

    /// <summary>The subscription's credit.</summary>
    Credit,
}

/// <summary>The part of a refund for one invoice line. Lines count from 1. The tax added to the line is included.</summary>
internal sealed record RefundLineBody
{
    /// <summary>The line's position on the invoice, from 1.</summary>
    [Bounds(1, int.MaxValue)]
    public required int Line { get; init; }

    /// <summary>Minor units, tax included.</summary>
    [Bounds(1, long.MaxValue)]
    public required long Amount { get; init; }
}

/// <summary>
/// POST …/invoices/{number}/refund. The default is all that is left, to the payment method. Without lines, the refund covers the service
/// first, then usage and everything else on the invoice.
/// </summary>
internal sealed record RefundBody
{
    /// <summary>Minor units, tax included.</summary>
    [Bounds(1, long.MaxValue)]
    public long? Amount { get; init; }

    /// <summary>If <c>amount</c> is given too, their sum must equal it.</summary>
    [Entries(1, SubscriptionCommand.RefundInvoice.LinesMax)]
    public IReadOnlyList<RefundLineBody>? Lines { get; init; }

    /// <summary>Where the money goes; the payment method by default.</summary>
    public RefundTarget? To { get; init; }

    /// <summary>The seller's own words, shown on the credit note.</summary>
    [Text(FieldLimits.CommentCharactersMax, CharactersMin = 0, ManyLines = true)]
    public string? Reason { get; init; }
}
