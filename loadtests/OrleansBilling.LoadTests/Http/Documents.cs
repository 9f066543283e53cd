namespace OrleansBilling.LoadTests.Http;

/// <summary>GET /v1/clock.</summary>
internal sealed record ClockDocument(DateTimeOffset Now, string Mode);

/// <summary>The fields of a subscription that the audit reads.</summary>
internal sealed record SubscriptionDocument(
    string Id, long Version, string Status, string ProductId, long Amount, string Currency, int PaidRecurrences, long LifetimePaid,
    PeriodDocument? CurrentPeriod, DateTimeOffset? NextBillingAt, RetryDocument? Retry, DateTimeOffset? CanceledAt,
    CancellationDocument? Cancellation);

/// <summary>The current period.</summary>
internal sealed record PeriodDocument(DateTimeOffset Start, DateTimeOffset End);

/// <summary>The retry of a declined charge.</summary>
internal sealed record RetryDocument(int Attempt, DateTimeOffset? NextAt);

/// <summary>An event of the history.</summary>
internal sealed record EventDocument(long Sequence, string Type, System.Text.Json.JsonElement Data);

/// <summary>What a party is owed, in minor units.</summary>
internal sealed record BalanceDocument(string SellerId, string PartyId, string Currency, long Amount);

internal sealed record CancellationDocument(string Origin, bool Voluntary);

/// <summary>The fields of an invoice that the audit reads.</summary>
internal sealed record InvoiceDocument(string Status, long Total, long Paid);

/// <summary>GET /v1/statistics/cancellations.</summary>
internal sealed record CancellationsDocument(
    long Canceled, double? Rate, double? LtDays, long? Ltv, double? AveragePaidRecurrences, long Voluntary);

/// <summary>GET /v1/statistics/cancellations/origins.</summary>
internal sealed record OriginsDocument(IReadOnlyList<OriginsMonth> Data);

/// <summary>A month's cancellations by origin.</summary>
internal sealed record OriginsMonth(string Month, long Customer, long Canceled);

/// <summary>GET /v1/statistics/summary.</summary>
internal sealed record SummaryDocument(IReadOnlyList<MoneyDocument> Collected, StatusCounts Counts, long PaidRecurrences);

/// <summary>An amount in minor units.</summary>
internal sealed record MoneyDocument(string Currency, long Amount);

/// <summary>The number of subscriptions per status.</summary>
internal sealed record StatusCounts(
    long Pending, long Trialing, long Active, long PastDue, long Paused, long Canceled, long Expired, long Completed);
