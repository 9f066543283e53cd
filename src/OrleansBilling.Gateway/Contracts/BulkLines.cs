namespace OrleansBilling.Gateway.Contracts;

/// <summary>The commands of POST /v1/commands.</summary>
internal enum BulkType
{
    Subscribe,
    Cancel,
    Uncancel,
    Reactivate,
    Retry,
    EndTrial,
    ExtendTrial,
    PaymentMethod,
    ChangePlan,
    UndoPlanChange,
    Pause,
    Resume,
    BillingDate,
    ApplyCoupon,
    Give,
    Usage,
}

/// <summary>The fields that every line of POST /v1/commands has in addition to those of its command.</summary>
internal interface IBulkLine
{
    BulkType Type { get; }

    /// <summary>The subscription. For <c>subscribe</c>, the new one's id, which is optional.</summary>
    string? SubscriptionId { get; }

    string? IdempotencyKey { get; }
}

internal sealed record SubscribeLine : SubscribeTermsBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public string? SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record CancelLine : CancelBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

/// <summary>A line of type <c>uncancel</c>, <c>retry</c>, <c>end_trial</c>, <c>undo_plan_change</c> or <c>resume</c>.</summary>
internal sealed record PlainLine : EmptyBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record ReactivateLine : ReactivateBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record ExtendTrialLine : ExtendTrialBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record PaymentMethodLine : ChangePaymentMethodBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record ChangePlanLine : ChangePlanBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record PauseLine : PauseBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record BillingDateLine : BillingDateBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record ApplyCouponLine : ApplyCouponBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record GiveLine : GiveBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record UsageLine : UsageBody, IBulkLine
{
    public required BulkType Type { get; init; }

    public required string SubscriptionId { get; init; }

    public string? IdempotencyKey { get; init; }
}

/// <summary>The answer to one line of POST /v1/commands: <c>version</c> if the command was done, <c>error</c> if not.</summary>
internal sealed record BulkAnswerDocument(long Line, int Status, string? SubscriptionId)
{
    public long? Version { get; init; }

    /// <summary>True if the idempotency key was seen before and nothing new happened; omitted otherwise.</summary>
    public bool? Replayed { get; init; }

    public BulkErrorDocument? Error { get; init; }
}

/// <summary>Why a line was not done.</summary>
internal sealed record BulkErrorDocument(string Code, string Detail)
{
    public string? Field { get; init; }

    /// <summary>All faults of the line that were found at once; omitted if the line itself is good.</summary>
    public IReadOnlyList<FaultDocument>? Errors { get; init; }
}
