using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The fields of a new subscription, on every route that creates one.</summary>
internal abstract record SubscribeTermsBody
{
    /// <summary>The offer, in its newest version.</summary>
    [Id]
    public required string OfferId { get; init; }

    /// <summary>Who subscribes.</summary>
    public required NamedCustomerBody Customer { get; init; }

    /// <summary>How the customer pays. It may be left out during a trial.</summary>
    public PaymentMethodBody? PaymentMethod { get; init; }

    /// <summary>Days before the first period that cost nothing; as in the plan if left out.</summary>
    [Bounds(0, Plan.TrialDaysMax)]
    public int? TrialDays { get; init; }

    /// <summary>When it starts; now if left out.</summary>
    public Instant? StartAt { get; init; }

    /// <summary>Names and values of your own: at most 50, names of 1 to 64 characters, values of at most 500.</summary>
    [Pairs(FieldLimits.MetadataPairsMax, FieldLimits.MetadataValueCharactersMax)]
    public Dictionary<string, string>? Metadata { get; init; }

    /// <summary>How many of the plan; 1 by default.</summary>
    [Bounds(1, Subscription.QuantityMax)]
    public int? Quantity { get; init; }

    /// <summary>Add-ons of the offer, each named once.</summary>
    [Entries(0, Offer.AddOnsMax)]
    public IReadOnlyList<AddonQuantityBody>? Addons { get; init; }

    /// <summary>Who referred the customer.</summary>
    [Id]
    public string? AffiliateId { get; init; }

    /// <summary>The code of a coupon to redeem, case-insensitive, or its id.</summary>
    [Id]
    public string? Coupon { get; init; }
}

/// <summary>POST /v1/subscriptions.</summary>
internal sealed record SubscribeBody : SubscribeTermsBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    [Id]
    public string? Id { get; init; }
}

/// <summary>A change of a subscription's labels, as a merge patch (RFC 7396): what is left out stays, null removes.</summary>
internal record SubscriptionPatchBody
{
    /// <summary>
    /// Names and values of your own: at most 50, in the request and in all. A name with null is removed, and null instead of all removes
    /// every one.
    /// </summary>
    [Pairs(FieldLimits.MetadataPairsMax, FieldLimits.MetadataValueCharactersMax, Patches = true)]
    public Dictionary<string, string?>? Metadata { get; init; }
}

/// <summary>
/// Who subscribes. Naming a customer that is not known makes it; one that is known stays as it is. A seller that names a customer who
/// has no subscription of it must give the customer's mail address.
/// </summary>
internal sealed record NamedCustomerBody
{
    /// <summary>Your id of the customer.</summary>
    [Id]
    public required string Id { get; init; }

    /// <summary>The mail address.</summary>
    [Email]
    public string? Email { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code, for taxes. The country of a known customer is used instead, if it has one.</summary>
    [CountryCode]
    public string? Country { get; init; }
}

/// <summary>How a customer pays.</summary>
internal sealed record PaymentMethodBody
{
    /// <summary>The payment provider's token.</summary>
    [Visible(FieldLimits.TokenCharactersMax)]
    public required string Token { get; init; }
}

/// <summary>POST …/cancel. <c>at</c> has no default because either guess could be wrong.</summary>
internal record CancelBody
{
    /// <summary>Now, or at the end of the period.</summary>
    public required EffectiveAt At { get; init; }

    /// <summary>A code of your own, such as too_expensive. Statistics count it.</summary>
    [ReasonCode]
    public string? Reason { get; init; }

    /// <summary>The customer's own words.</summary>
    [Text(FieldLimits.CommentCharactersMax, CharactersMin = 0, ManyLines = true)]
    public string? Comment { get; init; }

    /// <summary>What is returned of the current period; nothing by default. Only with at now.</summary>
    public CancellationRefund? Refund { get; init; }

    /// <summary>Who wanted it. Only administrators may say; otherwise it is the caller.</summary>
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
    /// <summary>Whether a new first period is charged at once; true by default.</summary>
    public bool? ChargeNow { get; init; }

    /// <summary>A new payment method.</summary>
    public PaymentMethodBody? PaymentMethod { get; init; }
}

/// <summary>POST …/extend-trial: exactly one of the two.</summary>
internal record ExtendTrialBody
{
    /// <summary>The new end of the trial.</summary>
    public Instant? TrialEnd { get; init; }

    /// <summary>Days that the trial becomes longer.</summary>
    [Bounds(1, Plan.TrialDaysMax)]
    public int? Days { get; init; }
}

/// <summary>POST …/payment-method: exactly one of the two.</summary>
internal record ChangePaymentMethodBody
{
    /// <summary>The payment provider's token.</summary>
    [Visible(FieldLimits.TokenCharactersMax)]
    public string? Token { get; init; }

    /// <summary>The same in the form that subscriptions are created with.</summary>
    public PaymentMethodBody? PaymentMethod { get; init; }
}
