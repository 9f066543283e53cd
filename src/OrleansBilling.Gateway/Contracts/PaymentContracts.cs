namespace OrleansBilling.Gateway.Contracts;

/// <summary>How a payment ended, as the provider calls to say.</summary>
internal enum ConfirmedOutcome
{
    Succeeded,
    Declined,
}

/// <summary>POST /v1/payments/confirm: <c>key</c> is the one under which we asked, <c>subscription:invoice:attempt</c>.</summary>
internal sealed record ConfirmPaymentBody
{
    public required string Key { get; init; }

    public required ConfirmedOutcome Outcome { get; init; }

    public string? Code { get; init; }

    public bool? Hard { get; init; }
}

/// <summary>POST /v1/payments/chargebacks: the customer's bank took back what was paid under <c>key</c>.</summary>
internal sealed record ChargebackBody
{
    public required string Key { get; init; }

    public string? Reason { get; init; }
}
