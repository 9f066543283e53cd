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
    Metadata,
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

internal sealed record MetadataLine : SubscriptionPatchBody, IBulkLine
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
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Status">The HTTP status that the command would have had on its own route.</param>
/// <param name="SubscriptionId">The subscription; null if the line names none.</param>
internal sealed record BulkAnswerDocument(long Line, int Status, string? SubscriptionId)
{
    /// <summary>The subscription's version after the command; null if it was not done.</summary>
    public long? Version { get; init; }

    /// <summary>True if the idempotency key was seen before and nothing new happened; omitted otherwise.</summary>
    public bool? Replayed { get; init; }

    /// <summary>Why the command was not done; null if it was done.</summary>
    public BulkErrorDocument? Error { get; init; }
}

/// <summary>Why a line was not done.</summary>
/// <param name="Code">A stable code, the same as in problems.</param>
/// <param name="Detail">One sentence for people.</param>
internal sealed record BulkErrorDocument(string Code, string Detail)
{
    /// <summary>The dotted path of the field at fault; null if there is none.</summary>
    public string? Field { get; init; }

    /// <summary>All faults of the line that were found at once; omitted if the line itself is good.</summary>
    public IReadOnlyList<FaultDocument>? Errors { get; init; }
}
