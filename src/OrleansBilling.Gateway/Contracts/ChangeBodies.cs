using System.Collections.Immutable;
using NodaTime;
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
    public required string Id { get; init; }

    public int? Quantity { get; init; }
}

/// <summary>POST …/change-plan and its preview: at least one of offer, quantity and add-ons. Omitted fields do not change.</summary>
internal record ChangePlanBody
{
    public string? OfferId { get; init; }

    public int? Quantity { get; init; }

    public IReadOnlyList<AddonQuantityBody>? Addons { get; init; }

    public required EffectiveAt At { get; init; }

    public TrialChange? Trial { get; init; }
}

/// <summary>POST …/pause. Without <c>until</c> the pause lasts until resumed. On a running pause, <c>until</c> changes its end.</summary>
internal record PauseBody
{
    public required EffectiveAt At { get; init; }

    public Instant? Until { get; init; }
}

/// <summary>POST …/billing-date and its preview: exactly one of the two. A date is a day in the product's time zone.</summary>
internal record BillingDateBody
{
    public Instant? NextBillingAt { get; init; }

    public LocalDate? Date { get; init; }
}

/// <summary>POST …/apply-coupon.</summary>
internal record ApplyCouponBody
{
    public required string Coupon { get; init; }
}

/// <summary>POST …/give.</summary>
internal record GiveBody
{
    public required int Recurrences { get; init; }
}

/// <summary>POST …/usage.</summary>
internal record UsageBody
{
    public required ImmutableArray<UsageEventBody> Events { get; init; }
}

/// <summary>A usage event. Quantity is 1 and time is now by default. Each id counts once.</summary>
internal sealed record UsageEventBody
{
    public required string Id { get; init; }

    public required string Meter { get; init; }

    public long? Quantity { get; init; }

    public Instant? At { get; init; }

    public string? Key { get; init; }
}

/// <summary>POST …/retention.</summary>
internal sealed record AskRetentionBody
{
    public string? Reason { get; init; }
}

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
    public required int Line { get; init; }

    public required long Amount { get; init; }
}

/// <summary>
/// POST …/invoices/{number}/refund. The default is all that is left, to the payment method. Without lines, the refund covers the service
/// first, then usage and everything else on the invoice.
/// </summary>
internal sealed record RefundBody
{
    public long? Amount { get; init; }

    /// <summary>If <c>amount</c> is given too, their sum must equal it.</summary>
    public IReadOnlyList<RefundLineBody>? Lines { get; init; }

    public RefundTarget? To { get; init; }

    public string? Reason { get; init; }
}
