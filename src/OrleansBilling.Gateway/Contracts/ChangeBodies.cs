using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>What a plan change does to a running trial.</summary>
internal enum TrialChange
{
    /// <summary>It goes on.</summary>
    Continue,

    /// <summary>It ends with the change.</summary>
    End,
}

/// <summary>How much of an add-on is bought; one piece unless told.</summary>
internal sealed record AddonQuantityBody
{
    public required string Id { get; init; }

    public int? Quantity { get; init; }
}

/// <summary>POST …/change-plan and its preview: at least one of offer, quantity and add-ons; what is left out stays.</summary>
internal record ChangePlanBody
{
    public string? OfferId { get; init; }

    public int? Quantity { get; init; }

    public IReadOnlyList<AddonQuantityBody>? Addons { get; init; }

    public required EffectiveAt At { get; init; }

    public TrialChange? Trial { get; init; }
}

/// <summary>POST …/pause. Without <c>until</c>, it lasts until it is resumed. A pause that runs gets another end by <c>until</c>.</summary>
internal record PauseBody
{
    public required EffectiveAt At { get; init; }

    public Instant? Until { get; init; }
}

/// <summary>POST …/billing-date and its preview: one of the two; a date is a day in the product's time zone.</summary>
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

/// <summary>A usage event: one unit, now, unless told. An id is counted once.</summary>
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

/// <summary>Where refunded money goes.</summary>
internal enum RefundTarget
{
    /// <summary>Back to the payment method that paid.</summary>
    PaymentMethod,

    /// <summary>To the subscription's credit.</summary>
    Credit,
}

/// <summary>A part of a refund that is for one line of the invoice, counted from 1, with the tax that was added to it.</summary>
internal sealed record RefundLineBody
{
    public required int Line { get; init; }

    public required long Amount { get; init; }
}

/// <summary>
/// POST …/invoices/{number}/refund: all that is left, to the payment method, unless told. Without lines it is for the service
/// first, and then for usage and what else was billed with it.
/// </summary>
internal sealed record RefundBody
{
    public long? Amount { get; init; }

    /// <summary>Sum to <c>amount</c> where both are given.</summary>
    public IReadOnlyList<RefundLineBody>? Lines { get; init; }

    public RefundTarget? To { get; init; }

    public string? Reason { get; init; }
}
