using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The fields of a new subscription, on every route that creates one.</summary>
internal abstract record SubscribeTermsBody
{
    public required string OfferId { get; init; }

    public required CustomerBody Customer { get; init; }

    public PaymentMethodBody? PaymentMethod { get; init; }

    public int? TrialDays { get; init; }

    public Instant? StartAt { get; init; }

    public Dictionary<string, string>? Metadata { get; init; }

    public int? Quantity { get; init; }

    public IReadOnlyList<AddonQuantityBody>? Addons { get; init; }

    public string? AffiliateId { get; init; }

    public string? Coupon { get; init; }
}

/// <summary>POST /v1/subscriptions.</summary>
internal sealed record SubscribeBody : SubscribeTermsBody
{
    public string? Id { get; init; }
}

internal sealed record CustomerBody
{
    public required string Id { get; init; }

    public string? Email { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code, for taxes.</summary>
    public string? Country { get; init; }
}

internal sealed record PaymentMethodBody
{
    public required string Token { get; init; }
}

/// <summary>POST …/cancel. <c>at</c> has no default because either guess could be wrong.</summary>
internal record CancelBody
{
    public required EffectiveAt At { get; init; }

    public string? Reason { get; init; }

    public string? Comment { get; init; }

    public CancellationRefund? Refund { get; init; }

    public CancellationOrigin? Origin { get; init; }
}

/// <summary>
/// The body without fields of POST …/uncancel, …/retry, …/end-trial, …/undo-plan-change, …/resume, …/voucher and
/// …/retention/accept.
/// </summary>
internal record EmptyBody;

/// <summary>POST …/reactivate.</summary>
internal record ReactivateBody
{
    public bool? ChargeNow { get; init; }

    public PaymentMethodBody? PaymentMethod { get; init; }
}

/// <summary>POST …/extend-trial: exactly one of the two.</summary>
internal record ExtendTrialBody
{
    public Instant? TrialEnd { get; init; }

    public int? Days { get; init; }
}

/// <summary>POST …/payment-method: exactly one of the two.</summary>
internal record ChangePaymentMethodBody
{
    public string? Token { get; init; }

    public PaymentMethodBody? PaymentMethod { get; init; }
}
